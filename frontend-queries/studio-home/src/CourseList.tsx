import { Button, Pagination } from "@openedx/paragon";
import type { UseQueryResult } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import type { CatalogCoursePageFragment } from "../../src/index.ts";
import { CourseCard } from "./CourseCard";
import { Failure } from "./Failure";
import { isFiltered, PAGE_SIZE, type Filters } from "./filters";
import { CourseSkeletons } from "./Skeletons";
import { useText } from "./text";

interface Props {
  filters: Filters;
  courses: UseQueryResult<CatalogCoursePageFragment>;
  onPage: (page: number, replace?: boolean) => void;
  onClear: () => void;
}

/** A page of courses, or the reason why there are none. */
export function CourseList({ filters, courses, onPage, onClear }: Props) {
  const text = useText();
  const top = useRef<HTMLDivElement>(null);
  const { data, error, isPlaceholderData } = courses;
  const pages = Math.ceil((data?.totalCount ?? 0) / PAGE_SIZE);

  // The page in the URL may no longer exist, for example after a deletion.
  useEffect(() => {
    if (pages > 0 && filters.page > pages && !isPlaceholderData) onPage(pages, true);
  }, [pages, filters.page, isPlaceholderData]);

  function turnTo(page: number) {
    onPage(page);
    top.current?.focus({ preventScroll: true });
    top.current?.scrollIntoView({ block: "start" });
  }

  return (
    <section id="courses" ref={top} tabIndex={-1} aria-label={text("list.label")} aria-busy={courses.isFetching}>
      {error && <Failure error={error} onRetry={() => void courses.refetch()} />}
      {courses.isPending && <CourseSkeletons label={text("list.loading")} />}
      <div className="shown">
        <p role="status">
          {data && data.totalCount > 0 && text("list.shown", { shown: data.nodes.length, total: data.totalCount })}
        </p>
        {data && data.totalCount > 0 && isFiltered(filters) && (
          <Button variant="link" size="inline" onClick={onClear}>
            {text("empty.clear")}
          </Button>
        )}
      </div>
      {data?.totalCount === 0 && <Empty isFiltered={isFiltered(filters)} onClear={onClear} />}
      {data && (
        <ul className={isPlaceholderData ? "courses is-stale" : "courses"}>
          {data.nodes.map((course) => (
            <li key={course.id}>
              <CourseCard course={course} filters={filters} />
            </li>
          ))}
        </ul>
      )}
      {pages > 1 && (
        <Pagination
          className="pages"
          paginationLabel={text("list.pages")}
          pageCount={pages}
          currentPage={Math.min(filters.page, pages)}
          onPageSelect={turnTo}
          buttonLabels={{
            previous: text("list.previous"),
            next: text("list.next"),
            page: text("list.page"),
            currentPage: text("list.currentPage"),
            pageOfCount: text("list.pageOf"),
          }}
        />
      )}
    </section>
  );
}

function Empty({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const text = useText();
  return (
    <div className="empty">
      <h2>{text("empty.title")}</h2>
      <p>{text(isFiltered ? "empty.filtered" : "empty.all")}</p>
      {isFiltered && (
        <Button variant="outline-primary" onClick={onClear}>
          {text("empty.clear")}
        </Button>
      )}
    </div>
  );
}
