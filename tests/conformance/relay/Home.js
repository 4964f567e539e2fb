/** Lists in a list: catalog courses page both ways, and each pages its runs. */
import { graphql } from "relay-runtime";

export const organization = graphql`
  fragment Home_organization on Organization
  @refetchable(queryName: "HomeOrganizationPaginationQuery")
  @argumentDefinitions(
    first: { type: "Int", defaultValue: 50 }
    after: { type: "String" }
    last: { type: "Int" }
    before: { type: "String" }
    filter: { type: "CatalogCourseFilter" }
  ) {
    catalogCourses(first: $first, after: $after, last: $last, before: $before, filter: $filter)
      @connection(key: "Home_catalogCourses") {
      edges {
        node {
          key
          ...Home_catalogCourse
        }
      }
    }
  }
`;

export const catalogCourse = graphql`
  fragment Home_catalogCourse on CatalogCourse
  @refetchable(queryName: "HomeCatalogCoursePaginationQuery")
  @argumentDefinitions(
    first: { type: "Int", defaultValue: 10 }
    after: { type: "String" }
    orderBy: { type: "CourseRunOrder" }
  ) {
    title
    runs(first: $first, after: $after, orderBy: $orderBy) @connection(key: "Home_runs", filters: ["orderBy"]) {
      edges {
        node {
          courseKey
          title
        }
      }
    }
  }
`;

export const viewer = graphql`
  fragment Home_viewer on Viewer
  @refetchable(queryName: "HomeViewerPaginationQuery")
  @argumentDefinitions(first: { type: "Int", defaultValue: 100 }, after: { type: "String" }) {
    username
    creatableOrganizations(first: $first, after: $after) @connection(key: "Home_creatableOrganizations") {
      edges {
        node {
          orgCode
        }
      }
    }
  }
`;

export const home = graphql`
  query HomeQuery($orgCode: String!) {
    organization(orgCode: $orgCode) {
      ...Home_organization @arguments(filter: { hasRuns: true })
    }
    viewer {
      ...Home_viewer
    }
  }
`;
