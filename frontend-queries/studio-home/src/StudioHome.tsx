import { Button, Toast } from "@openedx/paragon";
import { Add } from "@openedx/paragon/icons";
import { useMemo, useRef, useState } from "react";
import { useSearchParams } from "react-router-dom";

import { useCourses, useSurroundings } from "./catalog";
import { CourseList } from "./CourseList";
import { DialogContext, type Dialog } from "./dialog";
import { Dialogs } from "./dialogs/Dialogs";
import { filtersOf, NO_FILTERS, paramsOf, type Filters } from "./filters";
import { Header } from "./Header";
import type { PageSettings } from "./page";
import { useText } from "./text";
import { Toolbar } from "./Toolbar";

/** The page. The URL contains what it lists, but not which dialog is open. */
export function StudioHome({ settings }: { settings: PageSettings }) {
  const text = useText();
  const [params, setParams] = useSearchParams();
  const filters = useMemo(() => filtersOf(params), [params]);
  const courses = useCourses(filters);
  const viewer = useSurroundings()?.viewer;
  const canCreate = viewer && (viewer.canCreateOrganizations || viewer.creatableOrganizations.nodes.length > 0);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const [news, setNews] = useState({ text: "", isShown: false });
  const heading = useRef<HTMLHeadingElement>(null);

  /** Change the filters of the list, and by default go to its first page. */
  function change(changed: Partial<Filters>, replace = false) {
    setParams((current) => paramsOf({ ...filtersOf(current), page: 1, ...changed }, current), { replace });
  }

  function clear() {
    change({ ...NO_FILTERS, order: filters.order });
    heading.current?.focus(); // The button that was pressed disappears.
  }

  function finish(message: string) {
    const wasCreation = dialog?.kind === "createCourse";
    const wasDeletion = dialog?.kind === "delete";
    setDialog(null);
    setNews({ text: message, isShown: true });
    if (wasCreation) change({ ...NO_FILTERS, order: "-created" }); // This lists the new course first.
    if (wasDeletion) setTimeout(() => heading.current?.focus()); // The menu that opened the dialog no longer exists.
  }

  return (
    <DialogContext.Provider value={setDialog}>
      <Header settings={settings} />
      <main>
        <div className="page-head">
          <h1 ref={heading} tabIndex={-1}>
            {text("page.title")}
          </h1>
          {canCreate && (
            <Button iconBefore={Add} onClick={() => setDialog({ kind: "createCourse" })}>
              {text("createCourse.open")}
            </Button>
          )}
        </div>
        <Toolbar filters={filters} onChange={change} />
        <CourseList
          filters={filters}
          courses={courses}
          onPage={(page, replace) => change({ page }, replace)}
          onClear={clear}
        />
      </main>
      {dialog && <Dialogs dialog={dialog} onClose={() => setDialog(null)} onDone={finish} />}
      <Toast show={news.isShown} onClose={() => setNews({ ...news, isShown: false })}>
        {news.text}
      </Toast>
    </DialogContext.Provider>
  );
}
