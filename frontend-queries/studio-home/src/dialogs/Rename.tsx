import { ActionRow, Button } from "@openedx/paragon";
import { useState } from "react";

import {
  CatalogCourseDocument,
  CourseRunDocument,
  UpdateCatalogCourseDocument,
  UpdateCourseRunDocument,
  type Client,
} from "../../../src/index.ts";
import { useChange, useRefresh } from "../catalog";
import type { Subject } from "../dialog";
import { useText } from "../text";
import type { DialogProps } from "./Dialogs";
import { Field } from "./Field";
import { FormDialog } from "./FormDialog";

interface Titles {
  title: string;
  expectedTitle: string;
}

/**
 * The form for a new title.
 *
 * It sends the old title along. If somebody else has changed that in the meantime, the server refuses, and the viewer
 * chooses between the two titles.
 */
export function Rename({ subject, onClose, onDone }: DialogProps & { subject: Subject }) {
  const { course, run } = subject;
  const text = useText();
  const refresh = useRefresh();
  const [title, setTitle] = useState((run ?? course).title);
  const update = useChange(
    async (client, titles: Titles) => {
      const { errors } = await save(client, subject, titles);
      const isStale = errors.some(({ code }) => code === "STALE");
      return { errors, theirs: isStale ? await currentTitle(client, subject) : null };
    },
    () => onDone(text("rename.done", { title: title.trim() })),
  );
  const theirs = update.data?.theirs ?? null;
  const problems = update.data?.errors.filter(({ code }) => code !== "STALE" || theirs === null) ?? [];

  function keepTheirs() {
    refresh();
    onClose();
  }

  return (
    <FormDialog
      title={run ? text("rename.run", { code: run.runCode }) : text("rename.course")}
      submit={text("rename.submit")}
      fields={["title"]}
      problems={problems}
      failure={update.error}
      isPending={update.isPending}
      onSubmit={() => update.mutate({ title, expectedTitle: theirs ?? (run ?? course).title })}
      onClose={onClose}
      buttons={
        theirs !== null && (
          <ActionRow>
            <Button variant="tertiary" onClick={keepTheirs}>
              {text("rename.keep")}
            </Button>
            <Button onClick={() => update.mutate({ title, expectedTitle: theirs })}>{text("rename.overwrite")}</Button>
          </ActionRow>
        )
      }
    >
      {theirs !== null && (
        <div role="alert" className="theirs">
          <p>{text("rename.stale")}</p>
          <p>
            <strong dir="auto">{theirs}</strong>
          </p>
        </div>
      )}
      <Field name="title" label={text("field.title")} value={title} onChange={setTitle} problems={problems} autoFocus />
    </FormDialog>
  );
}

async function save(client: Client, { course, run }: Subject, titles: Titles) {
  if (run) {
    const input = { courseKey: run.courseKey, ...titles };
    return (await client.request(UpdateCourseRunDocument, { input })).updateCourseRun;
  }
  const input = { key: course.key, ...titles };
  return (await client.request(UpdateCatalogCourseDocument, { input })).updateCatalogCourse;
}

/** Query the current title; null if the object no longer exists. */
async function currentTitle(client: Client, { course, run }: Subject): Promise<string | null> {
  if (run) {
    const { courseRun } = await client.request(CourseRunDocument, { courseKey: run.courseKey });
    return courseRun?.title ?? null;
  }
  const { catalogCourse } = await client.request(CatalogCourseDocument, { key: course.key, runsFirst: 1 });
  return catalogCourse?.title ?? null;
}
