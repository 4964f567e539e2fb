import { ActionRow, Alert, Button, Form, ModalDialog, StatefulButton } from "@openedx/paragon";
import { useEffect, useId, useRef, type FormEvent, type ReactNode } from "react";

import { Failure } from "../Failure";
import { useText } from "../text";
import { Messages } from "./Messages";
import { otherProblems, type Problem } from "./problems";

interface Props {
  title: string;
  submit: string;
  /** The fields that show their own problems. */
  fields: string[];
  problems: Problem[];
  failure: Error | null;
  isPending: boolean;
  onSubmit: () => void;
  onClose: () => void;
  /** Buttons that replace the usual ones while the viewer must decide something else first. */
  buttons?: ReactNode;
  children: ReactNode;
}

/** A dialog with a form. It shows failures and problems without a field at the top, and focuses the first wrong field. */
export function FormDialog(props: Props) {
  const { title, submit, fields, problems, failure, isPending, onSubmit, onClose, buttons, children } = props;
  const text = useText();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const others = otherProblems(problems, fields);

  useEffect(() => {
    if (problems.length > 0) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [problems]);

  function send(event: FormEvent) {
    event.preventDefault();
    if (!isPending) onSubmit();
  }

  return (
    <ModalDialog
      title={title}
      isOpen
      onClose={onClose}
      closeLabel={text("dialog.close")}
      isFullscreenOnMobile
      isOverflowVisible={false}
    >
      <ModalDialog.Header>
        <ModalDialog.Title>
          <bdi>{title}</bdi>
        </ModalDialog.Title>
      </ModalDialog.Header>
      <ModalDialog.Body>
        {failure && <Failure error={failure} />}
        {problems.length > 0 && (
          <Alert variant="danger">
            {others.length > 0 ? <Messages problems={others} /> : text("form.errors")}
          </Alert>
        )}
        {/* The server reports all problems at once; the browser's own validation would report them one by one. */}
        <Form id={id} ref={form} noValidate onSubmit={send}>
          {children}
        </Form>
      </ModalDialog.Body>
      <ModalDialog.Footer>
        {buttons || (
          <ActionRow>
            <Button variant="tertiary" onClick={onClose}>
              {text("dialog.cancel")}
            </Button>
            <StatefulButton
              type="submit"
              form={id}
              state={isPending ? "pending" : "default"}
              labels={{ default: submit, pending: submit }}
            />
          </ActionRow>
        )}
      </ModalDialog.Footer>
    </ModalDialog>
  );
}
