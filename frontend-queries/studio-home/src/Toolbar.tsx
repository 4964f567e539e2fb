import { Form } from "@openedx/paragon";
import { useDeferredValue, useState, type ChangeEvent } from "react";
import { useIntl } from "react-intl";

import { useOrganizations, useSurroundings } from "./catalog";
import { CheckMenu, type Option } from "./CheckMenu";
import { ORDERS, STATUSES, type Filters, type Order, type Status } from "./filters";
import { LANGUAGES } from "./languages";
import { SearchField } from "./SearchField";
import { useLanguageName, useText } from "./text";
import { useDebounced } from "./useDebounced";

interface Props {
  filters: Filters;
  /** Change the filters of the list; `replace` replaces the current entry of the browser's history. */
  onChange: (changed: Partial<Filters>, replace?: boolean) => void;
}

/** The search box, the filters and the order. */
export function Toolbar({ filters, onChange }: Props) {
  const text = useText();
  return (
    <section className="toolbar" aria-label={text("filter.label")}>
      <SearchField value={filters.search} onSearch={(search, goesOn) => onChange({ search }, goesOn)} />
      <div className="filters">
        <OrganizationFilter chosen={filters.orgCodes} onChange={(orgCodes) => onChange({ orgCodes })} />
        <LanguageFilter chosen={filters.languages} onChange={(languages) => onChange({ languages })} />
        <Form.Control
          as="select"
          aria-label={text("filter.status")}
          value={filters.status ?? ""}
          onChange={(event: ChangeEvent<HTMLSelectElement>) =>
            onChange({ status: (event.target.value || null) as Status | null })
          }
        >
          <option value="">{text("status.all")}</option>
          {STATUSES.map((status) => (
            <option key={status} value={status}>
              {text(`status.${status}`)}
            </option>
          ))}
        </Form.Control>
        <Form.Control
          as="select"
          aria-label={text("order.label")}
          value={filters.order}
          onChange={(event: ChangeEvent<HTMLSelectElement>) => onChange({ order: event.target.value as Order })}
        >
          {ORDERS.map((order) => (
            <option key={order} value={order}>
              {text(`order.${order}`)}
            </option>
          ))}
        </Form.Control>
      </div>
    </section>
  );
}

interface FilterProps {
  chosen: string[];
  onChange: (chosen: string[]) => void;
}

/** Organizations to choose from: those that came with the page or, if there are more, those that the server finds. */
function OrganizationFilter({ chosen, onChange }: FilterProps) {
  const text = useText();
  const [sought, setSought] = useState("");
  const organizations = useSurroundings()?.organizations;
  const hasMore = organizations?.pageInfo.hasNextPage ?? false;
  const found = useOrganizations(useDebounced(hasMore ? sought.trim() : "")).data;
  const known = (hasMore && sought.trim() && found) || organizations?.nodes || [];
  const options = known.map(({ orgCode, name }) => ({ value: orgCode, name: nameOf(orgCode, name), short: orgCode }));
  return (
    <CheckMenu
      label={text("filter.organization")}
      options={matching(withChosen(options, chosen), sought)}
      chosen={chosen}
      onChange={onChange}
      sought={sought}
      onSeek={setSought}
    />
  );
}

function LanguageFilter({ chosen, onChange }: FilterProps) {
  const text = useText();
  const { locale } = useIntl();
  const languageName = useLanguageName();
  const [sought, setSought] = useState("");
  const options = withChosen(
    LANGUAGES.map((value) => ({ value, name: languageName(value) })),
    chosen,
  ).sort((one, other) => one.name.localeCompare(other.name, locale));
  return (
    <CheckMenu
      label={text("filter.language")}
      options={matching(options, useDeferredValue(sought))}
      chosen={chosen}
      onChange={onChange}
      sought={sought}
      onSeek={setSought}
    />
  );
}

function nameOf(orgCode: string, name: string): string {
  return name === orgCode ? orgCode : `${name} (${orgCode})`;
}

/** Add chosen values that are not among the options, since the URL may contain anything. */
function withChosen(options: Option[], chosen: string[]): Option[] {
  const values = new Set(options.map(({ value }) => value));
  return [...options, ...chosen.filter((value) => !values.has(value)).map((value) => ({ value, name: value }))];
}

function matching(options: Option[], sought: string): Option[] {
  const words = sought.trim().toLowerCase().split(/\s+/);
  return options.filter(({ value, name }) => words.every((word) => `${name} ${value}`.toLowerCase().includes(word)));
}
