/** A list that pages on its own, filtered and ordered as its parent says, and a row that fetches itself again. */
import { graphql } from "relay-runtime";

export const list = graphql`
  fragment CourseRunList_query on Query
  @refetchable(queryName: "CourseRunListPaginationQuery")
  @argumentDefinitions(
    first: { type: "Int", defaultValue: 20 }
    after: { type: "String" }
    filter: { type: "CourseRunFilter" }
    orderBy: { type: "CourseRunOrder", defaultValue: { field: START, direction: DESC } }
  ) {
    courseRuns(first: $first, after: $after, filter: $filter, orderBy: $orderBy)
      @connection(key: "CourseRunList_courseRuns", filters: ["filter", "orderBy"]) {
      totalCount
      edges {
        node {
          id
          ...CourseRunList_row
        }
      }
    }
  }
`;

export const row = graphql`
  fragment CourseRunList_row on CourseRun @refetchable(queryName: "CourseRunListRowQuery") {
    title
    status
    schedule {
      start
      end
    }
  }
`;

export const page = graphql`
  query CourseRunListQuery($filter: CourseRunFilter) {
    ...CourseRunList_query @arguments(filter: $filter)
  }
`;
