/** What is created goes into the lists on the page, and what is deleted leaves them. */
import { graphql } from "relay-runtime";

export const createCatalogCourse = graphql`
  mutation ChangesCreateCatalogCourseMutation($input: CreateCatalogCourseInput!, $connections: [ID!]!) {
    createCatalogCourse(input: $input) {
      catalogCourse @prependNode(connections: $connections, edgeTypeName: "CatalogCourseEdge") {
        ...Home_catalogCourse
      }
      errors {
        code
        message
        field
      }
    }
  }
`;

export const createCourseRun = graphql`
  mutation ChangesCreateCourseRunMutation($input: CreateCourseRunInput!, $connections: [ID!]!) {
    createCourseRun(input: $input) {
      courseRun @appendNode(connections: $connections, edgeTypeName: "CourseRunEdge") {
        ...CourseRunList_row
      }
      existing {
        courseKey
      }
    }
  }
`;

export const updateCourseRun = graphql`
  mutation ChangesUpdateCourseRunMutation($input: UpdateCourseRunInput!) {
    updateCourseRun(input: $input) {
      courseRun {
        ...CourseRunList_row
      }
    }
  }
`;

export const deleteCourseRun = graphql`
  mutation ChangesDeleteCourseRunMutation($input: DeleteCourseRunInput!, $connections: [ID!]!) {
    deleteCourseRun(input: $input) {
      deletedId @deleteEdge(connections: $connections)
    }
  }
`;

export const deleteCatalogCourse = graphql`
  mutation ChangesDeleteCatalogCourseMutation($input: DeleteCatalogCourseInput!) {
    deleteCatalogCourse(input: $input) {
      deletedId @deleteRecord
    }
  }
`;
