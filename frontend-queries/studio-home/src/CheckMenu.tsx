import { Button, Form, ModalPopup } from "@openedx/paragon";
import { ExpandMore } from "@openedx/paragon/icons";
import { useId, useRef, useState, type ChangeEvent } from "react";
import { useIntl } from "react-intl";

import { directionOf, useText } from "./text";

export interface Option {
  value: string;
  name: string;
  /** The button's text if only this option is chosen; by default, the name. */
  short?: string;
}

interface Props {
  label: string;
  options: Option[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
  /** The text in the search box above the options. */
  sought: string;
  onSeek: (sought: string) => void;
}

/** A button that opens a list of checkboxes, with a search box. */
export function CheckMenu({ label, options, chosen, onChange, sought, onSeek }: Props) {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const placement = directionOf(useIntl().locale) === "rtl" ? "bottom-end" : "bottom-start";

  const only = chosen.length === 1 ? options.find(({ value }) => value === chosen[0]) : undefined;
  const many = text("filter.many", { name: label, count: chosen.length });
  const said = chosen.length > 1 ? many : (only?.short ?? only?.name ?? chosen[0] ?? label);

  function toggle(value: string) {
    onChange(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]);
  }

  function close() {
    setOpen(false);
    onSeek("");
  }

  return (
    <>
      <Button
        ref={button}
        variant="outline-primary"
        className={chosen.length > 0 ? "check-menu-button is-chosen" : "check-menu-button"}
        iconAfter={ExpandMore}
        aria-label={chosen.length === 1 ? text("filter.one", { name: label, value: said }) : said}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
      >
        <span>{said}</span>
      </Button>
      {/* Not rendered while closed, since it is positioned by its size when it appears. */}
      {isOpen && (
        <ModalPopup positionRef={button.current} isOpen onClose={close} withPortal placement={placement}>
          <div className="check-menu" role="dialog" aria-label={label}>
            <Form.Control
              type="search"
              size="sm"
              aria-label={text("filter.find")}
              placeholder={text("filter.find")}
              value={sought}
              onChange={(event: ChangeEvent<HTMLInputElement>) => onSeek(event.target.value)}
            />
            <ul aria-label={label}>
              {options.map(({ value, name }) => (
                <li key={value}>
                  <Form.Checkbox id={`${id}${value}`} checked={chosen.includes(value)} onChange={() => toggle(value)}>
                    <bdi>{name}</bdi>
                  </Form.Checkbox>
                </li>
              ))}
            </ul>
            {options.length === 0 && <p className="small text-gray-700">{text("filter.none")}</p>}
            <div className="check-menu-buttons">
              <Button variant="tertiary" size="sm" disabled={chosen.length === 0} onClick={() => onChange([])}>
                {text("filter.clear")}
              </Button>
              <Button size="sm" onClick={close}>
                {text("filter.done")}
              </Button>
            </div>
          </div>
        </ModalPopup>
      )}
    </>
  );
}
