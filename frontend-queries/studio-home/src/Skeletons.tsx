import { Skeleton } from "@openedx/paragon";

/** A placeholder for a page of courses that is loading. */
export function CourseSkeletons({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label}>
      <div aria-hidden="true">
        {Array.from({ length: 5 }, (_, index) => (
          <div key={index} className="course card">
            <div className="course-head">
              <Skeleton width="16rem" height="1.5rem" />
            </div>
            <div className="runs-skeleton">
              <Skeleton count={3} height="1.5rem" />
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}

/** A placeholder for runs that are loading. */
export function RunSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="runs-skeleton">
      <div aria-hidden="true">
        <Skeleton count={3} height="1.5rem" />
      </div>
    </div>
  );
}
