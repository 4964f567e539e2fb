import { Card } from "@openedx/paragon";
import { useId } from "react";

import { ActionMenu } from "./ActionMenu";
import type { CatalogCourse } from "./catalog";
import { useDialog } from "./dialog";
import type { Filters } from "./filters";
import { Runs } from "./Runs";
import { useLanguageName, useText } from "./text";

/** A course, with its runs below. */
export function CourseCard({ course, filters }: { course: CatalogCourse; filters: Filters }) {
  const text = useText();
  const open = useDialog();
  const languageName = useLanguageName();
  const id = useId();
  const subject = { course };
  return (
    <Card as="article" className="course" aria-labelledby={id}>
      <div className="course-head">
        <div>
          <h2 id={id} dir="auto" lang={course.language}>
            {course.title}
          </h2>
          <p className="course-codes">
            <bdi dir="ltr">
              <abbr title={course.org.name}>{course.orgCode}</abbr> / {course.courseCode}
            </bdi>{" "}
            <span aria-hidden="true">·</span> {languageName(course.language)}
          </p>
        </div>
        <ActionMenu
          label={text("course.actions", { title: course.title })}
          actions={[
            course.org.viewerCanCreateCourses && {
              name: text("course.newRun"),
              to: () => open({ kind: "createRun", course }),
            },
            course.viewerCanEdit && { name: text("course.rename"), to: () => open({ kind: "rename", subject }) },
            course.viewerCanDelete && { name: text("course.delete"), to: () => open({ kind: "delete", subject }) },
          ]}
        />
      </div>
      <Runs course={course} filters={filters} />
    </Card>
  );
}
