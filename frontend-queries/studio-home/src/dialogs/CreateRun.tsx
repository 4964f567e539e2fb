import { useState } from "react";

import { CreateCourseRunDocument, type CreateCourseRunInput } from "../../../src/index.ts";
import { useChange, type CatalogCourse } from "../catalog";
import { useText } from "../text";
import type { DialogProps } from "./Dialogs";
import { Field } from "./Field";
import { FormDialog } from "./FormDialog";

const FIELDS = ["runCode", "title", "schedule.start", "schedule.end"] as const;

/** The form for a new run of a course. */
export function CreateRun({ course, onClose, onDone }: DialogProps & { course: CatalogCourse }) {
  const text = useText();
  const [values, setValues] = useState({ runCode: "", title: "", "schedule.start": "", "schedule.end": "" });
  const create = useChange(
    async (client, input: CreateCourseRunInput) =>
      (await client.request(CreateCourseRunDocument, { input })).createCourseRun,
    ({ courseRun }) => onDone(text("createRun.done", { code: courseRun?.runCode ?? "" })),
  );
  const problems = create.data?.errors ?? [];
  const fieldProps = (name: (typeof FIELDS)[number]) => ({
    name,
    problems,
    value: values[name],
    onChange: (value: string) => setValues({ ...values, [name]: value }),
  });

  function submit() {
    const start = instantOf(values["schedule.start"]);
    const end = instantOf(values["schedule.end"]);
    create.mutate({
      catalogCourseKey: course.key,
      runCode: values.runCode,
      title: values.title,
      ...((start || end) && { schedule: { ...(start && { start }), ...(end && { end }) } }),
    });
  }

  return (
    <FormDialog
      title={text("createRun.title", { title: course.title })}
      submit={text("createRun.submit")}
      fields={[...FIELDS]}
      problems={problems}
      failure={create.error}
      isPending={create.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field {...fieldProps("runCode")} label={text("field.runCode")} hint={text("field.runCode.hint")} autoFocus />
      <Field {...fieldProps("title")} label={text("field.title")} hint={text("field.runTitle.hint")} isOptional />
      <div className="field-pair">
        <Field {...fieldProps("schedule.start")} label={text("field.start")} type="datetime-local" isOptional />
        <Field {...fieldProps("schedule.end")} label={text("field.end")} type="datetime-local" isOptional />
      </div>
    </FormDialog>
  );
}

/** Convert the control's value, such as `2026-09-01T08:00` in UTC, to the server's format. */
function instantOf(value: string): string | null {
  return value ? new Date(`${value}Z`).toISOString() : null;
}
