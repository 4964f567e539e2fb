import type { UserErrorFieldsFragment } from "../../../src/index.ts";

export type Problem = UserErrorFieldsFragment;

/** Return the path of a problem's field, such as `schedule.end`; empty if no field is at fault. */
export function fieldOf({ field }: Problem): string {
  return field?.join(".") ?? "";
}

/** Return the problems of a field. */
export function problemsOf(problems: Problem[], field: string): Problem[] {
  return problems.filter((problem) => fieldOf(problem) === field);
}

/** Return the problems that belong to none of the fields. They are shown above the fields. */
export function otherProblems(problems: Problem[], fields: string[]): Problem[] {
  return problems.filter((problem) => !fields.includes(fieldOf(problem)));
}
