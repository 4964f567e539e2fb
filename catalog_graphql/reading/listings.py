"""The lists of the API: what each can be filtered and ordered by."""

from organizations.models import Organization

from catalog_graphql.inputs import lists
from catalog_graphql.reading import filters, orders
from catalog_graphql.reading.lists import Listing
from openedx_catalog import models_api as models

ORGANIZATIONS = Listing(
    model=Organization,
    filter_type=lists.OrganizationFilter,
    filter=filters.organizations,
    order_type=lists.OrganizationOrder,
    orders=orders.ORGANIZATION_ORDERS,
    default_order=("ORG_CODE", "ASC"),
)
CATALOG_COURSES = Listing(
    model=models.CatalogCourse,
    filter_type=lists.CatalogCourseFilter,
    filter=filters.catalog_courses,
    order_type=lists.CatalogCourseOrder,
    orders=orders.CATALOG_COURSE_ORDERS,
    default_order=("TITLE", "ASC"),
)
COURSE_RUNS = Listing(
    model=models.CourseRun,
    filter_type=lists.CourseRunFilter,
    filter=filters.course_runs,
    order_type=lists.CourseRunOrder,
    orders=orders.COURSE_RUN_ORDERS,
    default_order=("CREATED", "DESC"),
)
