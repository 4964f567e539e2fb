import { Dropdown, Icon, IconButton } from "@openedx/paragon";
import { MoreVert } from "@openedx/paragon/icons";
import { useId, useRef } from "react";

export interface Action {
  name: string;
  /** The URL to which it leads, or the function that it calls. */
  to: string | (() => void);
}

/** A button that opens a menu of actions. Renders nothing if there are no actions. */
export function ActionMenu({ label, actions }: { label: string; actions: (Action | false | null)[] }) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const offered = actions.filter((action) => action !== false && action !== null);
  if (offered.length === 0) return null;

  function run(action: () => void) {
    // When a dialog closes, the focus returns to this button, since the menu item no longer exists.
    button.current?.focus();
    action();
  }

  return (
    <Dropdown className="action-menu">
      <Dropdown.Toggle
        ref={button}
        id={id}
        as={IconButton}
        src={MoreVert}
        iconAs={Icon}
        variant="dark"
        size="sm"
        alt={label}
      />
      <Dropdown.Menu alignRight>
        {offered.map(({ name, to }) =>
          typeof to === "string" ? (
            <Dropdown.Item key={name} href={to}>
              {name}
            </Dropdown.Item>
          ) : (
            <Dropdown.Item key={name} as="button" type="button" onClick={() => run(to)}>
              {name}
            </Dropdown.Item>
          ),
        )}
      </Dropdown.Menu>
    </Dropdown>
  );
}
