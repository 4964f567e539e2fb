/** Languages to offer, in the catalog's spelling. The catalog itself accepts any language. */
export const LANGUAGES = [
  "am", "ar", "az", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "es", "es-419", "et", "eu", "fa", "fi",
  "fil", "fr", "fr-ca", "gl", "gu", "he", "hi", "hr", "hu", "hy", "id", "it", "ja", "ka", "kk", "km", "kn", "ko", "lt",
  "lv", "mk", "ml", "mn", "mr", "ms", "nb", "ne", "nl", "pl", "pt", "pt-br", "ro", "ru", "si", "sk", "sl", "sq", "sr",
  "sv", "sw", "ta", "te", "th", "tr", "uk", "ur", "uz", "vi", "zh-cn", "zh-hk", "zh-tw",
];
