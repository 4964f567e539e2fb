import { Badge } from "@openedx/paragon";
import { useIntl } from "react-intl";

import { ActionMenu } from "./ActionMenu";
import type { CatalogCourse, CourseRun } from "./catalog";
import { useDialog } from "./dialog";
import { useText } from "./text";

/** A run: its code, its title if that differs from the course's, its dates, and its actions. */
export function RunRow({ course, run }: { course: CatalogCourse; run: CourseRun }) {
  const text = useText();
  const open = useDialog();
  const subject = { course, run };
  return (
    <li className="run">
      <div className="run-name">
        <bdi dir="ltr">{run.studioUrl ? <a href={run.studioUrl}>{run.runCode}</a> : run.runCode}</bdi>
        {run.title !== course.title && (
          <span className="run-title" dir="auto" lang={course.language}>
            {run.title}
          </span>
        )}
      </div>
      <span className="run-dates">{useDates(run)}</span>
      <span className="run-badges">
        {run.warnings.length > 0 && <Badge variant="warning">{text("run.warning")}</Badge>}
        {run.isCcx && <Badge variant="light">{text("run.ccx")}</Badge>}
        {run.status === "ARCHIVED" ? (
          <Badge variant="light">{text("status.archived")}</Badge>
        ) : (
          <Badge variant="success">{text("status.active")}</Badge>
        )}
      </span>
      <ActionMenu
        label={text("run.actions", { code: run.runCode })}
        actions={[
          run.studioUrl !== null && { name: text("run.studio"), to: run.studioUrl },
          run.lmsUrl !== null && { name: text("run.lms"), to: run.lmsUrl },
          run.rerunUrl !== null && { name: text("run.rerun"), to: run.rerunUrl },
          run.viewerCanEdit && { name: text("run.rename"), to: () => open({ kind: "rename", subject }) },
          run.viewerCanDelete && { name: text("run.delete"), to: () => open({ kind: "delete", subject }) },
        ]}
      />
    </li>
  );
}

/** Return a run's dates as text. */
function useDates({ schedule }: CourseRun): string {
  const text = useText();
  const intl = useIntl();
  const day = (instant: string) => intl.formatDate(instant, { dateStyle: "medium", timeZone: "UTC" });
  const { start, end } = schedule ?? {};
  if (start && end) return text("schedule.between", { start: day(start), end: day(end) });
  if (start) return text("schedule.from", { start: day(start) });
  if (end) return text("schedule.until", { end: day(end) });
  return text("schedule.none");
}
