import { Form, Icon } from "@openedx/paragon";
import { Search } from "@openedx/paragon/icons";
import { useEffect, useRef, useState, type ChangeEvent } from "react";

import { SEARCH_LENGTH } from "./filters";
import { useText } from "./text";
import { useDebounced } from "./useDebounced";

interface Props {
  value: string;
  onSearch: (search: string, goesOn: boolean) => void;
}

/**
 * A search box that calls `onSearch` when typing pauses.
 *
 * `onSearch` also gets whether the text continues the previous one. If so, it replaces the history entry, so that Back
 * does not go letter by letter.
 */
export function SearchField({ value, onSearch }: Props) {
  const text = useText();
  const [typed, setTyped] = useState(value);
  const settled = useDebounced(typed);
  const said = useRef(value);
  const goesOn = useRef(false);

  // Something else has changed the URL: Back, or "clear filters".
  useEffect(() => {
    if (value === said.current) return;
    said.current = value;
    goesOn.current = false;
    setTyped(value);
  }, [value]);

  function say(search: string) {
    if (search === said.current) return;
    said.current = search;
    onSearch(search, goesOn.current);
    goesOn.current = true;
  }

  useEffect(() => say(settled), [settled]);

  return (
    <form
      role="search"
      className="search"
      onSubmit={(event) => {
        event.preventDefault();
        say(typed);
      }}
    >
      <Form.Control
        type="search"
        aria-label={text("search.label")}
        placeholder={text("search.placeholder")}
        leadingElement={<Icon src={Search} />}
        maxLength={SEARCH_LENGTH}
        value={typed}
        onChange={(event: ChangeEvent<HTMLInputElement>) => setTyped(event.target.value)}
        onBlur={() => {
          goesOn.current = false;
        }}
      />
    </form>
  );
}
