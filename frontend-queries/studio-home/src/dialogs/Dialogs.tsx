import type { Dialog } from "../dialog";
import { CreateCourse } from "./CreateCourse";
import { CreateRun } from "./CreateRun";
import { Delete } from "./Delete";
import { Rename } from "./Rename";

export interface DialogProps {
  onClose: () => void;
  /** Gets a message, in the viewer's language, about what was done. */
  onDone: (news: string) => void;
}

/** The dialog that is open. */
export function Dialogs({ dialog, ...props }: DialogProps & { dialog: Dialog }) {
  switch (dialog.kind) {
    case "createCourse":
      return <CreateCourse {...props} />;
    case "createRun":
      return <CreateRun course={dialog.course} {...props} />;
    case "rename":
      return <Rename subject={dialog.subject} {...props} />;
    case "delete":
      return <Delete subject={dialog.subject} {...props} />;
  }
}
