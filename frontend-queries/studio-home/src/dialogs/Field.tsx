import { Form } from "@openedx/paragon";
import type { ChangeEvent, ReactNode } from "react";

import { useText } from "../text";
import { problemsOf, type Problem } from "./problems";

interface Props {
  /** The input's path as the server names it, such as `schedule.end`. */
  name: string;
  label: string;
  hint?: string;
  value: string;
  onChange: (value: string) => void;
  problems: Problem[];
  isOptional?: boolean;
  /** The control's element. A `select` has its options as children. */
  as?: "input" | "select";
  type?: "text" | "datetime-local";
  list?: string;
  /** Whether this field gets the focus when the form appears. */
  autoFocus?: boolean;
  children?: ReactNode;
}

/** A field of a form, with the problems that the server reports for it. */
export function Field(props: Props) {
  const { name, label, hint, value, onChange, problems, isOptional = false, children, ...control } = props;
  const text = useText();
  const own = problemsOf(problems, name);
  const isInvalid = own.length > 0;
  return (
    <Form.Group controlId={`field.${name}`} isInvalid={isInvalid}>
      <Form.Label>{isOptional ? text("form.optional", { label }) : label}</Form.Label>
      <Form.Control
        {...control}
        value={value}
        onChange={(event: ChangeEvent<HTMLInputElement | HTMLSelectElement>) => onChange(event.target.value)}
        dir={control.type === "datetime-local" || control.as === "select" ? undefined : "auto"}
        autoComplete="off"
        aria-invalid={isInvalid}
        aria-required={!isOptional}
      >
        {children}
      </Form.Control>
      {own.map(({ message }) => (
        <Form.Control.Feedback key={message} type="invalid">
          <bdi>{message}</bdi>
        </Form.Control.Feedback>
      ))}
      {hint && !isInvalid && <Form.Text>{hint}</Form.Text>}
    </Form.Group>
  );
}
