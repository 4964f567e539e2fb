import { ActionRow, Alert, AlertModal, Button, StatefulButton } from "@openedx/paragon";

import { DeleteCatalogCourseDocument, DeleteCourseRunDocument, type Client } from "../../../src/index.ts";
import { useChange } from "../catalog";
import type { Subject } from "../dialog";
import { Failure } from "../Failure";
import { useText } from "../text";
import type { DialogProps } from "./Dialogs";
import { Messages } from "./Messages";

/** The dialog that confirms the deletion of a course or run. */
export function Delete({ subject, onClose, onDone }: DialogProps & { subject: Subject }) {
  const { course, run } = subject;
  const text = useText();
  const remove = useChange(
    (client) => destroy(client, subject),
    () =>
      onDone(
        run ? text("delete.run.done", { code: run.runCode }) : text("delete.course.done", { title: course.title }),
      ),
  );
  const submit = text(run ? "delete.run.submit" : "delete.course.submit");
  return (
    <AlertModal
      title={text(run ? "delete.run.title" : "delete.course.title")}
      isOpen
      onClose={onClose}
      variant="danger"
      isOverflowVisible={false}
      footerNode={
        <ActionRow>
          <Button variant="tertiary" onClick={onClose}>
            {text("dialog.cancel")}
          </Button>
          <StatefulButton
            variant="danger"
            state={remove.isPending ? "pending" : "default"}
            labels={{ default: submit, pending: submit }}
            onClick={() => remove.mutate(undefined)}
          />
        </ActionRow>
      }
    >
      {remove.error && <Failure error={remove.error} />}
      {remove.data && remove.data.errors.length > 0 && (
        <Alert variant="danger">
          <Messages problems={remove.data.errors} />
        </Alert>
      )}
      <p>
        {run
          ? text("delete.run.body", { code: run.runCode, title: run.title })
          : text("delete.course.body", { title: course.title, code: `${course.orgCode} / ${course.courseCode}` })}
      </p>
    </AlertModal>
  );
}

async function destroy(client: Client, { course, run }: Subject) {
  if (run) {
    const { deleteCourseRun } = await client.request(DeleteCourseRunDocument, { input: { courseKey: run.courseKey } });
    return deleteCourseRun;
  }
  const { deleteCatalogCourse } = await client.request(DeleteCatalogCourseDocument, { input: { key: course.key } });
  return deleteCatalogCourse;
}
