/* eslint-disable */
import * as types from './graphql.ts';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "query CatalogCourseRuns($key: CatalogCourseKey!, $first: Int = 20, $after: String, $filter: CourseRunFilter) {\n  catalogCourse(key: $key) {\n    id\n    runs(\n      first: $first\n      after: $after\n      filter: $filter\n      orderBy: {field: CREATED, direction: DESC}\n    ) {\n      ...CourseRunPage\n    }\n  }\n}": typeof types.CatalogCourseRunsDocument,
    "query CatalogCourse($key: CatalogCourseKey!, $runsFirst: Int = 20, $runsFilter: CourseRunFilter) {\n  catalogCourse(key: $key) {\n    ...CatalogCourseFields\n    runs(\n      first: $runsFirst\n      filter: $runsFilter\n      orderBy: {field: CREATED, direction: DESC}\n    ) {\n      ...CourseRunPage\n    }\n  }\n}": typeof types.CatalogCourseDocument,
    "query CatalogCourses($first: Int = 20, $offset: Int = 0, $filter: CatalogCourseFilter, $orderBy: CatalogCourseOrder, $runsFirst: Int = 5, $runsFilter: CourseRunFilter) {\n  catalogCourses(\n    first: $first\n    offset: $offset\n    filter: $filter\n    orderBy: $orderBy\n  ) {\n    ...CatalogCoursePage\n  }\n}": typeof types.CatalogCoursesDocument,
    "query CourseRun($courseKey: CourseKey!) {\n  courseRun(courseKey: $courseKey) {\n    ...CourseRunFields\n    catalogCourse {\n      ...CatalogCourseFields\n    }\n  }\n}": typeof types.CourseRunDocument,
    "query CourseRuns($first: Int = 20, $offset: Int, $after: String, $filter: CourseRunFilter, $orderBy: CourseRunOrder) {\n  courseRuns(\n    first: $first\n    offset: $offset\n    after: $after\n    filter: $filter\n    orderBy: $orderBy\n  ) {\n    ...CourseRunPage\n  }\n}": typeof types.CourseRunsDocument,
    "query CreatableOrganizations($first: Int = 20, $after: String, $filter: OrganizationFilter) {\n  viewer {\n    creatableOrganizations(first: $first, after: $after, filter: $filter) {\n      ...OrganizationPage\n    }\n  }\n}": typeof types.CreatableOrganizationsDocument,
    "mutation CreateCatalogCourse($input: CreateCatalogCourseInput!) {\n  createCatalogCourse(input: $input) {\n    errors {\n      ...UserErrorFields\n    }\n    catalogCourse {\n      ...CatalogCourseFields\n    }\n    existing {\n      ...CatalogCourseFields\n    }\n  }\n}": typeof types.CreateCatalogCourseDocument,
    "mutation CreateCourseRun($input: CreateCourseRunInput!) {\n  createCourseRun(input: $input) {\n    errors {\n      ...UserErrorFields\n    }\n    courseRun {\n      ...CourseRunFields\n      catalogCourse {\n        ...CatalogCourseFields\n      }\n    }\n    existing {\n      ...CourseRunFields\n    }\n  }\n}": typeof types.CreateCourseRunDocument,
    "mutation CreateOrganization($input: CreateOrganizationInput!) {\n  createOrganization(input: $input) {\n    errors {\n      ...UserErrorFields\n    }\n    organization {\n      ...OrganizationFields\n    }\n    existing {\n      ...OrganizationFields\n    }\n  }\n}": typeof types.CreateOrganizationDocument,
    "mutation DeleteCatalogCourse($input: DeleteCatalogCourseInput!) {\n  deleteCatalogCourse(input: $input) {\n    errors {\n      ...UserErrorFields\n    }\n    deletedId\n  }\n}": typeof types.DeleteCatalogCourseDocument,
    "mutation DeleteCourseRun($input: DeleteCourseRunInput!) {\n  deleteCourseRun(input: $input) {\n    errors {\n      ...UserErrorFields\n    }\n    deletedId\n  }\n}": typeof types.DeleteCourseRunDocument,
    "fragment CatalogCourseFields on CatalogCourse {\n  id\n  key\n  orgCode\n  courseCode\n  title\n  language\n  created\n  viewerCanEdit\n  viewerCanDelete\n  org {\n    ...OrganizationFields\n  }\n}": typeof types.CatalogCourseFieldsFragmentDoc,
    "fragment CatalogCoursePage on CatalogCourseConnection {\n  totalCount\n  nodes {\n    ...CatalogCourseFields\n    runs(\n      first: $runsFirst\n      filter: $runsFilter\n      orderBy: {field: CREATED, direction: DESC}\n    ) {\n      ...CourseRunPage\n    }\n  }\n  pageInfo {\n    ...PageFields\n  }\n}": typeof types.CatalogCoursePageFragmentDoc,
    "fragment CourseRunFields on CourseRun {\n  id\n  courseKey\n  orgCode\n  courseCode\n  runCode\n  title\n  created\n  status\n  isCcx\n  warnings\n  schedule {\n    start\n    end\n    enrollmentStart\n    enrollmentEnd\n  }\n  studioUrl\n  lmsUrl\n  rerunUrl\n  viewerCanEdit\n  viewerCanDelete\n}": typeof types.CourseRunFieldsFragmentDoc,
    "fragment CourseRunPage on CourseRunConnection {\n  totalCount\n  nodes {\n    ...CourseRunFields\n  }\n  pageInfo {\n    ...PageFields\n  }\n}": typeof types.CourseRunPageFragmentDoc,
    "fragment OrganizationFields on Organization {\n  id\n  orgCode\n  name\n  isActive\n  logoUrl\n  viewerCanCreateCourses\n}": typeof types.OrganizationFieldsFragmentDoc,
    "fragment OrganizationPage on OrganizationConnection {\n  nodes {\n    ...OrganizationFields\n  }\n  pageInfo {\n    ...PageFields\n  }\n}": typeof types.OrganizationPageFragmentDoc,
    "fragment PageFields on PageInfo {\n  hasNextPage\n  hasPreviousPage\n  startCursor\n  endCursor\n}": typeof types.PageFieldsFragmentDoc,
    "fragment UserErrorFields on UserError {\n  code\n  message\n  field\n}": typeof types.UserErrorFieldsFragmentDoc,
    "fragment ViewerFields on Viewer {\n  isAuthenticated\n  username\n  isGlobalStaff\n  canCreateOrganizations\n  creatableOrganizations(first: 100) {\n    ...OrganizationPage\n  }\n}": typeof types.ViewerFieldsFragmentDoc,
    "query Organizations($first: Int = 20, $after: String, $filter: OrganizationFilter, $orderBy: OrganizationOrder) {\n  organizations(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n    ...OrganizationPage\n  }\n}": typeof types.OrganizationsDocument,
    "query StudioHome($first: Int = 20, $offset: Int = 0, $filter: CatalogCourseFilter, $orderBy: CatalogCourseOrder, $runsFirst: Int = 5, $runsFilter: CourseRunFilter) {\n  viewer {\n    ...ViewerFields\n  }\n  organizations(first: 100) {\n    ...OrganizationPage\n  }\n  catalogCourses(\n    first: $first\n    offset: $offset\n    filter: $filter\n    orderBy: $orderBy\n  ) {\n    ...CatalogCoursePage\n  }\n}": typeof types.StudioHomeDocument,
    "mutation UpdateCatalogCourse($input: UpdateCatalogCourseInput!) {\n  updateCatalogCourse(input: $input) {\n    errors {\n      ...UserErrorFields\n    }\n    catalogCourse {\n      ...CatalogCourseFields\n    }\n  }\n}": typeof types.UpdateCatalogCourseDocument,
    "mutation UpdateCourseRun($input: UpdateCourseRunInput!) {\n  updateCourseRun(input: $input) {\n    errors {\n      ...UserErrorFields\n    }\n    courseRun {\n      ...CourseRunFields\n    }\n  }\n}": typeof types.UpdateCourseRunDocument,
    "query Viewer {\n  viewer {\n    ...ViewerFields\n  }\n}": typeof types.ViewerDocument,
};
const documents: Documents = {
    "query CatalogCourseRuns($key: CatalogCourseKey!, $first: Int = 20, $after: String, $filter: CourseRunFilter) {\n  catalogCourse(key: $key) {\n    id\n    runs(\n      first: $first\n      after: $after\n      filter: $filter\n      orderBy: {field: CREATED, direction: DESC}\n    ) {\n      ...CourseRunPage\n    }\n  }\n}": types.CatalogCourseRunsDocument,
    "query CatalogCourse($key: CatalogCourseKey!, $runsFirst: Int = 20, $runsFilter: CourseRunFilter) {\n  catalogCourse(key: $key) {\n    ...CatalogCourseFields\n    runs(\n      first: $runsFirst\n      filter: $runsFilter\n      orderBy: {field: CREATED, direction: DESC}\n    ) {\n      ...CourseRunPage\n    }\n  }\n}": types.CatalogCourseDocument,
    "query CatalogCourses($first: Int = 20, $offset: Int = 0, $filter: CatalogCourseFilter, $orderBy: CatalogCourseOrder, $runsFirst: Int = 5, $runsFilter: CourseRunFilter) {\n  catalogCourses(\n    first: $first\n    offset: $offset\n    filter: $filter\n    orderBy: $orderBy\n  ) {\n    ...CatalogCoursePage\n  }\n}": types.CatalogCoursesDocument,
    "query CourseRun($courseKey: CourseKey!) {\n  courseRun(courseKey: $courseKey) {\n    ...CourseRunFields\n    catalogCourse {\n      ...CatalogCourseFields\n    }\n  }\n}": types.CourseRunDocument,
    "query CourseRuns($first: Int = 20, $offset: Int, $after: String, $filter: CourseRunFilter, $orderBy: CourseRunOrder) {\n  courseRuns(\n    first: $first\n    offset: $offset\n    after: $after\n    filter: $filter\n    orderBy: $orderBy\n  ) {\n    ...CourseRunPage\n  }\n}": types.CourseRunsDocument,
    "query CreatableOrganizations($first: Int = 20, $after: String, $filter: OrganizationFilter) {\n  viewer {\n    creatableOrganizations(first: $first, after: $after, filter: $filter) {\n      ...OrganizationPage\n    }\n  }\n}": types.CreatableOrganizationsDocument,
    "mutation CreateCatalogCourse($input: CreateCatalogCourseInput!) {\n  createCatalogCourse(input: $input) {\n    errors {\n      ...UserErrorFields\n    }\n    catalogCourse {\n      ...CatalogCourseFields\n    }\n    existing {\n      ...CatalogCourseFields\n    }\n  }\n}": types.CreateCatalogCourseDocument,
    "mutation CreateCourseRun($input: CreateCourseRunInput!) {\n  createCourseRun(input: $input) {\n    errors {\n      ...UserErrorFields\n    }\n    courseRun {\n      ...CourseRunFields\n      catalogCourse {\n        ...CatalogCourseFields\n      }\n    }\n    existing {\n      ...CourseRunFields\n    }\n  }\n}": types.CreateCourseRunDocument,
    "mutation CreateOrganization($input: CreateOrganizationInput!) {\n  createOrganization(input: $input) {\n    errors {\n      ...UserErrorFields\n    }\n    organization {\n      ...OrganizationFields\n    }\n    existing {\n      ...OrganizationFields\n    }\n  }\n}": types.CreateOrganizationDocument,
    "mutation DeleteCatalogCourse($input: DeleteCatalogCourseInput!) {\n  deleteCatalogCourse(input: $input) {\n    errors {\n      ...UserErrorFields\n    }\n    deletedId\n  }\n}": types.DeleteCatalogCourseDocument,
    "mutation DeleteCourseRun($input: DeleteCourseRunInput!) {\n  deleteCourseRun(input: $input) {\n    errors {\n      ...UserErrorFields\n    }\n    deletedId\n  }\n}": types.DeleteCourseRunDocument,
    "fragment CatalogCourseFields on CatalogCourse {\n  id\n  key\n  orgCode\n  courseCode\n  title\n  language\n  created\n  viewerCanEdit\n  viewerCanDelete\n  org {\n    ...OrganizationFields\n  }\n}": types.CatalogCourseFieldsFragmentDoc,
    "fragment CatalogCoursePage on CatalogCourseConnection {\n  totalCount\n  nodes {\n    ...CatalogCourseFields\n    runs(\n      first: $runsFirst\n      filter: $runsFilter\n      orderBy: {field: CREATED, direction: DESC}\n    ) {\n      ...CourseRunPage\n    }\n  }\n  pageInfo {\n    ...PageFields\n  }\n}": types.CatalogCoursePageFragmentDoc,
    "fragment CourseRunFields on CourseRun {\n  id\n  courseKey\n  orgCode\n  courseCode\n  runCode\n  title\n  created\n  status\n  isCcx\n  warnings\n  schedule {\n    start\n    end\n    enrollmentStart\n    enrollmentEnd\n  }\n  studioUrl\n  lmsUrl\n  rerunUrl\n  viewerCanEdit\n  viewerCanDelete\n}": types.CourseRunFieldsFragmentDoc,
    "fragment CourseRunPage on CourseRunConnection {\n  totalCount\n  nodes {\n    ...CourseRunFields\n  }\n  pageInfo {\n    ...PageFields\n  }\n}": types.CourseRunPageFragmentDoc,
    "fragment OrganizationFields on Organization {\n  id\n  orgCode\n  name\n  isActive\n  logoUrl\n  viewerCanCreateCourses\n}": types.OrganizationFieldsFragmentDoc,
    "fragment OrganizationPage on OrganizationConnection {\n  nodes {\n    ...OrganizationFields\n  }\n  pageInfo {\n    ...PageFields\n  }\n}": types.OrganizationPageFragmentDoc,
    "fragment PageFields on PageInfo {\n  hasNextPage\n  hasPreviousPage\n  startCursor\n  endCursor\n}": types.PageFieldsFragmentDoc,
    "fragment UserErrorFields on UserError {\n  code\n  message\n  field\n}": types.UserErrorFieldsFragmentDoc,
    "fragment ViewerFields on Viewer {\n  isAuthenticated\n  username\n  isGlobalStaff\n  canCreateOrganizations\n  creatableOrganizations(first: 100) {\n    ...OrganizationPage\n  }\n}": types.ViewerFieldsFragmentDoc,
    "query Organizations($first: Int = 20, $after: String, $filter: OrganizationFilter, $orderBy: OrganizationOrder) {\n  organizations(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n    ...OrganizationPage\n  }\n}": types.OrganizationsDocument,
    "query StudioHome($first: Int = 20, $offset: Int = 0, $filter: CatalogCourseFilter, $orderBy: CatalogCourseOrder, $runsFirst: Int = 5, $runsFilter: CourseRunFilter) {\n  viewer {\n    ...ViewerFields\n  }\n  organizations(first: 100) {\n    ...OrganizationPage\n  }\n  catalogCourses(\n    first: $first\n    offset: $offset\n    filter: $filter\n    orderBy: $orderBy\n  ) {\n    ...CatalogCoursePage\n  }\n}": types.StudioHomeDocument,
    "mutation UpdateCatalogCourse($input: UpdateCatalogCourseInput!) {\n  updateCatalogCourse(input: $input) {\n    errors {\n      ...UserErrorFields\n    }\n    catalogCourse {\n      ...CatalogCourseFields\n    }\n  }\n}": types.UpdateCatalogCourseDocument,
    "mutation UpdateCourseRun($input: UpdateCourseRunInput!) {\n  updateCourseRun(input: $input) {\n    errors {\n      ...UserErrorFields\n    }\n    courseRun {\n      ...CourseRunFields\n    }\n  }\n}": types.UpdateCourseRunDocument,
    "query Viewer {\n  viewer {\n    ...ViewerFields\n  }\n}": types.ViewerDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query CatalogCourseRuns($key: CatalogCourseKey!, $first: Int = 20, $after: String, $filter: CourseRunFilter) {\n  catalogCourse(key: $key) {\n    id\n    runs(\n      first: $first\n      after: $after\n      filter: $filter\n      orderBy: {field: CREATED, direction: DESC}\n    ) {\n      ...CourseRunPage\n    }\n  }\n}"): (typeof documents)["query CatalogCourseRuns($key: CatalogCourseKey!, $first: Int = 20, $after: String, $filter: CourseRunFilter) {\n  catalogCourse(key: $key) {\n    id\n    runs(\n      first: $first\n      after: $after\n      filter: $filter\n      orderBy: {field: CREATED, direction: DESC}\n    ) {\n      ...CourseRunPage\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query CatalogCourse($key: CatalogCourseKey!, $runsFirst: Int = 20, $runsFilter: CourseRunFilter) {\n  catalogCourse(key: $key) {\n    ...CatalogCourseFields\n    runs(\n      first: $runsFirst\n      filter: $runsFilter\n      orderBy: {field: CREATED, direction: DESC}\n    ) {\n      ...CourseRunPage\n    }\n  }\n}"): (typeof documents)["query CatalogCourse($key: CatalogCourseKey!, $runsFirst: Int = 20, $runsFilter: CourseRunFilter) {\n  catalogCourse(key: $key) {\n    ...CatalogCourseFields\n    runs(\n      first: $runsFirst\n      filter: $runsFilter\n      orderBy: {field: CREATED, direction: DESC}\n    ) {\n      ...CourseRunPage\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query CatalogCourses($first: Int = 20, $offset: Int = 0, $filter: CatalogCourseFilter, $orderBy: CatalogCourseOrder, $runsFirst: Int = 5, $runsFilter: CourseRunFilter) {\n  catalogCourses(\n    first: $first\n    offset: $offset\n    filter: $filter\n    orderBy: $orderBy\n  ) {\n    ...CatalogCoursePage\n  }\n}"): (typeof documents)["query CatalogCourses($first: Int = 20, $offset: Int = 0, $filter: CatalogCourseFilter, $orderBy: CatalogCourseOrder, $runsFirst: Int = 5, $runsFilter: CourseRunFilter) {\n  catalogCourses(\n    first: $first\n    offset: $offset\n    filter: $filter\n    orderBy: $orderBy\n  ) {\n    ...CatalogCoursePage\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query CourseRun($courseKey: CourseKey!) {\n  courseRun(courseKey: $courseKey) {\n    ...CourseRunFields\n    catalogCourse {\n      ...CatalogCourseFields\n    }\n  }\n}"): (typeof documents)["query CourseRun($courseKey: CourseKey!) {\n  courseRun(courseKey: $courseKey) {\n    ...CourseRunFields\n    catalogCourse {\n      ...CatalogCourseFields\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query CourseRuns($first: Int = 20, $offset: Int, $after: String, $filter: CourseRunFilter, $orderBy: CourseRunOrder) {\n  courseRuns(\n    first: $first\n    offset: $offset\n    after: $after\n    filter: $filter\n    orderBy: $orderBy\n  ) {\n    ...CourseRunPage\n  }\n}"): (typeof documents)["query CourseRuns($first: Int = 20, $offset: Int, $after: String, $filter: CourseRunFilter, $orderBy: CourseRunOrder) {\n  courseRuns(\n    first: $first\n    offset: $offset\n    after: $after\n    filter: $filter\n    orderBy: $orderBy\n  ) {\n    ...CourseRunPage\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query CreatableOrganizations($first: Int = 20, $after: String, $filter: OrganizationFilter) {\n  viewer {\n    creatableOrganizations(first: $first, after: $after, filter: $filter) {\n      ...OrganizationPage\n    }\n  }\n}"): (typeof documents)["query CreatableOrganizations($first: Int = 20, $after: String, $filter: OrganizationFilter) {\n  viewer {\n    creatableOrganizations(first: $first, after: $after, filter: $filter) {\n      ...OrganizationPage\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation CreateCatalogCourse($input: CreateCatalogCourseInput!) {\n  createCatalogCourse(input: $input) {\n    errors {\n      ...UserErrorFields\n    }\n    catalogCourse {\n      ...CatalogCourseFields\n    }\n    existing {\n      ...CatalogCourseFields\n    }\n  }\n}"): (typeof documents)["mutation CreateCatalogCourse($input: CreateCatalogCourseInput!) {\n  createCatalogCourse(input: $input) {\n    errors {\n      ...UserErrorFields\n    }\n    catalogCourse {\n      ...CatalogCourseFields\n    }\n    existing {\n      ...CatalogCourseFields\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation CreateCourseRun($input: CreateCourseRunInput!) {\n  createCourseRun(input: $input) {\n    errors {\n      ...UserErrorFields\n    }\n    courseRun {\n      ...CourseRunFields\n      catalogCourse {\n        ...CatalogCourseFields\n      }\n    }\n    existing {\n      ...CourseRunFields\n    }\n  }\n}"): (typeof documents)["mutation CreateCourseRun($input: CreateCourseRunInput!) {\n  createCourseRun(input: $input) {\n    errors {\n      ...UserErrorFields\n    }\n    courseRun {\n      ...CourseRunFields\n      catalogCourse {\n        ...CatalogCourseFields\n      }\n    }\n    existing {\n      ...CourseRunFields\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation CreateOrganization($input: CreateOrganizationInput!) {\n  createOrganization(input: $input) {\n    errors {\n      ...UserErrorFields\n    }\n    organization {\n      ...OrganizationFields\n    }\n    existing {\n      ...OrganizationFields\n    }\n  }\n}"): (typeof documents)["mutation CreateOrganization($input: CreateOrganizationInput!) {\n  createOrganization(input: $input) {\n    errors {\n      ...UserErrorFields\n    }\n    organization {\n      ...OrganizationFields\n    }\n    existing {\n      ...OrganizationFields\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation DeleteCatalogCourse($input: DeleteCatalogCourseInput!) {\n  deleteCatalogCourse(input: $input) {\n    errors {\n      ...UserErrorFields\n    }\n    deletedId\n  }\n}"): (typeof documents)["mutation DeleteCatalogCourse($input: DeleteCatalogCourseInput!) {\n  deleteCatalogCourse(input: $input) {\n    errors {\n      ...UserErrorFields\n    }\n    deletedId\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation DeleteCourseRun($input: DeleteCourseRunInput!) {\n  deleteCourseRun(input: $input) {\n    errors {\n      ...UserErrorFields\n    }\n    deletedId\n  }\n}"): (typeof documents)["mutation DeleteCourseRun($input: DeleteCourseRunInput!) {\n  deleteCourseRun(input: $input) {\n    errors {\n      ...UserErrorFields\n    }\n    deletedId\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment CatalogCourseFields on CatalogCourse {\n  id\n  key\n  orgCode\n  courseCode\n  title\n  language\n  created\n  viewerCanEdit\n  viewerCanDelete\n  org {\n    ...OrganizationFields\n  }\n}"): (typeof documents)["fragment CatalogCourseFields on CatalogCourse {\n  id\n  key\n  orgCode\n  courseCode\n  title\n  language\n  created\n  viewerCanEdit\n  viewerCanDelete\n  org {\n    ...OrganizationFields\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment CatalogCoursePage on CatalogCourseConnection {\n  totalCount\n  nodes {\n    ...CatalogCourseFields\n    runs(\n      first: $runsFirst\n      filter: $runsFilter\n      orderBy: {field: CREATED, direction: DESC}\n    ) {\n      ...CourseRunPage\n    }\n  }\n  pageInfo {\n    ...PageFields\n  }\n}"): (typeof documents)["fragment CatalogCoursePage on CatalogCourseConnection {\n  totalCount\n  nodes {\n    ...CatalogCourseFields\n    runs(\n      first: $runsFirst\n      filter: $runsFilter\n      orderBy: {field: CREATED, direction: DESC}\n    ) {\n      ...CourseRunPage\n    }\n  }\n  pageInfo {\n    ...PageFields\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment CourseRunFields on CourseRun {\n  id\n  courseKey\n  orgCode\n  courseCode\n  runCode\n  title\n  created\n  status\n  isCcx\n  warnings\n  schedule {\n    start\n    end\n    enrollmentStart\n    enrollmentEnd\n  }\n  studioUrl\n  lmsUrl\n  rerunUrl\n  viewerCanEdit\n  viewerCanDelete\n}"): (typeof documents)["fragment CourseRunFields on CourseRun {\n  id\n  courseKey\n  orgCode\n  courseCode\n  runCode\n  title\n  created\n  status\n  isCcx\n  warnings\n  schedule {\n    start\n    end\n    enrollmentStart\n    enrollmentEnd\n  }\n  studioUrl\n  lmsUrl\n  rerunUrl\n  viewerCanEdit\n  viewerCanDelete\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment CourseRunPage on CourseRunConnection {\n  totalCount\n  nodes {\n    ...CourseRunFields\n  }\n  pageInfo {\n    ...PageFields\n  }\n}"): (typeof documents)["fragment CourseRunPage on CourseRunConnection {\n  totalCount\n  nodes {\n    ...CourseRunFields\n  }\n  pageInfo {\n    ...PageFields\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment OrganizationFields on Organization {\n  id\n  orgCode\n  name\n  isActive\n  logoUrl\n  viewerCanCreateCourses\n}"): (typeof documents)["fragment OrganizationFields on Organization {\n  id\n  orgCode\n  name\n  isActive\n  logoUrl\n  viewerCanCreateCourses\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment OrganizationPage on OrganizationConnection {\n  nodes {\n    ...OrganizationFields\n  }\n  pageInfo {\n    ...PageFields\n  }\n}"): (typeof documents)["fragment OrganizationPage on OrganizationConnection {\n  nodes {\n    ...OrganizationFields\n  }\n  pageInfo {\n    ...PageFields\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment PageFields on PageInfo {\n  hasNextPage\n  hasPreviousPage\n  startCursor\n  endCursor\n}"): (typeof documents)["fragment PageFields on PageInfo {\n  hasNextPage\n  hasPreviousPage\n  startCursor\n  endCursor\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment UserErrorFields on UserError {\n  code\n  message\n  field\n}"): (typeof documents)["fragment UserErrorFields on UserError {\n  code\n  message\n  field\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment ViewerFields on Viewer {\n  isAuthenticated\n  username\n  isGlobalStaff\n  canCreateOrganizations\n  creatableOrganizations(first: 100) {\n    ...OrganizationPage\n  }\n}"): (typeof documents)["fragment ViewerFields on Viewer {\n  isAuthenticated\n  username\n  isGlobalStaff\n  canCreateOrganizations\n  creatableOrganizations(first: 100) {\n    ...OrganizationPage\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Organizations($first: Int = 20, $after: String, $filter: OrganizationFilter, $orderBy: OrganizationOrder) {\n  organizations(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n    ...OrganizationPage\n  }\n}"): (typeof documents)["query Organizations($first: Int = 20, $after: String, $filter: OrganizationFilter, $orderBy: OrganizationOrder) {\n  organizations(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n    ...OrganizationPage\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query StudioHome($first: Int = 20, $offset: Int = 0, $filter: CatalogCourseFilter, $orderBy: CatalogCourseOrder, $runsFirst: Int = 5, $runsFilter: CourseRunFilter) {\n  viewer {\n    ...ViewerFields\n  }\n  organizations(first: 100) {\n    ...OrganizationPage\n  }\n  catalogCourses(\n    first: $first\n    offset: $offset\n    filter: $filter\n    orderBy: $orderBy\n  ) {\n    ...CatalogCoursePage\n  }\n}"): (typeof documents)["query StudioHome($first: Int = 20, $offset: Int = 0, $filter: CatalogCourseFilter, $orderBy: CatalogCourseOrder, $runsFirst: Int = 5, $runsFilter: CourseRunFilter) {\n  viewer {\n    ...ViewerFields\n  }\n  organizations(first: 100) {\n    ...OrganizationPage\n  }\n  catalogCourses(\n    first: $first\n    offset: $offset\n    filter: $filter\n    orderBy: $orderBy\n  ) {\n    ...CatalogCoursePage\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation UpdateCatalogCourse($input: UpdateCatalogCourseInput!) {\n  updateCatalogCourse(input: $input) {\n    errors {\n      ...UserErrorFields\n    }\n    catalogCourse {\n      ...CatalogCourseFields\n    }\n  }\n}"): (typeof documents)["mutation UpdateCatalogCourse($input: UpdateCatalogCourseInput!) {\n  updateCatalogCourse(input: $input) {\n    errors {\n      ...UserErrorFields\n    }\n    catalogCourse {\n      ...CatalogCourseFields\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation UpdateCourseRun($input: UpdateCourseRunInput!) {\n  updateCourseRun(input: $input) {\n    errors {\n      ...UserErrorFields\n    }\n    courseRun {\n      ...CourseRunFields\n    }\n  }\n}"): (typeof documents)["mutation UpdateCourseRun($input: UpdateCourseRunInput!) {\n  updateCourseRun(input: $input) {\n    errors {\n      ...UserErrorFields\n    }\n    courseRun {\n      ...CourseRunFields\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Viewer {\n  viewer {\n    ...ViewerFields\n  }\n}"): (typeof documents)["query Viewer {\n  viewer {\n    ...ViewerFields\n  }\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;