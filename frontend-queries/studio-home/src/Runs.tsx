import { Button } from "@openedx/paragon";
import { useId, useState } from "react";

import { useMoreRuns, type CatalogCourse } from "./catalog";
import { Failure } from "./Failure";
import type { Filters } from "./filters";
import { RunRow } from "./RunRow";
import { RunSkeleton } from "./Skeletons";
import { useText } from "./text";

/** The runs of a course, newest first: the first few, and the rest on demand. */
export function Runs({ course, filters }: { course: CatalogCourse; filters: Filters }) {
  const text = useText();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const { totalCount, nodes } = course.runs;
  const more = useMoreRuns(course, filters, isOpen);
  const rest = isOpen ? (more.data?.pages.flatMap((page) => page.nodes) ?? []) : [];
  const left = totalCount - nodes.length - rest.length;

  if (totalCount === 0) return <p className="no-runs">{text("runs.none")}</p>;
  return (
    <>
      <ul className="runs" id={id} aria-label={text("runs.label", { title: course.title })}>
        {[...nodes, ...rest].map((run) => (
          <RunRow key={run.id} course={course} run={run} />
        ))}
      </ul>
      {(more.isLoading || more.isFetchingNextPage) && <RunSkeleton label={text("runs.loading")} />}
      {more.isError && <Failure error={more.error} onRetry={() => void more.refetch()} />}
      {totalCount > nodes.length && !more.isError && (
        <Button
          variant="link"
          size="sm"
          className="more-runs"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={isOpen && left > 0 && more.hasNextPage ? () => void more.fetchNextPage() : () => setOpen(!isOpen)}
        >
          {left > 0 ? text("runs.more", { count: left }) : text("runs.fewer")}
        </Button>
      )}
    </>
  );
}
