import { createContext, useContext } from "react";

import type { CatalogCourse, CourseRun } from "./catalog";

/** A course, or one of its runs if `run` is set. */
export interface Subject {
  course: CatalogCourse;
  run?: CourseRun;
}

/** A dialog, and its subject. */
export type Dialog =
  | { kind: "createCourse" }
  | { kind: "createRun"; course: CatalogCourse }
  | { kind: "rename"; subject: Subject }
  | { kind: "delete"; subject: Subject };

export const DialogContext = createContext<(dialog: Dialog) => void>(() => undefined);

/** Return a function that opens a dialog. */
export function useDialog(): (dialog: Dialog) => void {
  return useContext(DialogContext);
}
