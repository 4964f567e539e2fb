/**
 * Ask two queries, the first one twice, by a client that tries hashes first. Print, as JSON, the answers, and of each
 * request whether it held the text of a document.
 *
 *     node persisted/asking.mjs LIBRARY '{"url": ..., "headers": ..., "useGet": ...}'
 */
const [library, told] = process.argv.slice(2);
const { connect } = await import(`./${library}.mjs`);

const texts = [];
const ask = connect({
  ...JSON.parse(told),
  fetch: (address, options) => {
    const { searchParams } = new URL(address);
    const asked = options.body ? JSON.parse(options.body) : Object.fromEntries(searchParams);
    texts.push(Boolean(asked.query));
    return fetch(address, options);
  },
});

const answers = [];
for (const query of ["query Who { viewer { username } }", "query Who { viewer { username } }", "query Type { __typename }"]) {
  const { viewer, __typename } = await ask(query);
  answers.push(viewer ? { viewer: { username: viewer.username } } : { __typename });
}

console.log(JSON.stringify({ answers, texts }));
