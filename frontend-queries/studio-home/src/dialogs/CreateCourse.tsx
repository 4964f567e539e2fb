import { useState } from "react";
import { useIntl } from "react-intl";

import {
  CreateCatalogCourseDocument,
  CreateOrganizationDocument,
  type Client,
  type CreateCatalogCourseInput,
} from "../../../src/index.ts";
import { useAddOrganization, useChange, useSurroundings } from "../catalog";
import { LANGUAGES } from "../languages";
import { useLanguageName, useText } from "../text";
import type { DialogProps } from "./Dialogs";
import { Field } from "./Field";
import { FormDialog } from "./FormDialog";

/** The form for a new course. */
export function CreateCourse({ onClose, onDone }: DialogProps) {
  const text = useText();
  const { locale } = useIntl();
  const languageName = useLanguageName();
  const viewer = useSurroundings()?.viewer;
  const { nodes: organizations = [], pageInfo } = viewer?.creatableOrganizations ?? {};
  const canCreateOrganizations = viewer?.canCreateOrganizations ?? false;
  const addOrganization = useAddOrganization();
  const [input, setInput] = useState<Required<Omit<CreateCatalogCourseInput, "clientMutationId">>>({
    orgCode: organizations.length === 1 ? (organizations[0]?.orgCode ?? "") : "",
    courseCode: "",
    title: "",
    language: "",
  });
  const create = useChange(
    async (client, asked: CreateCatalogCourseInput) => {
      const payload = await createCourse(client, asked);
      const isUnknown = payload.errors.some(({ code, field }) => code === "NOT_FOUND" && field?.[0] === "orgCode");
      if (!canCreateOrganizations || !isUnknown) return payload;
      const { orgCode } = asked;
      const { createOrganization } = await client.request(CreateOrganizationDocument, {
        input: { orgCode, name: orgCode },
      });
      if (createOrganization.organization) addOrganization(createOrganization.organization);
      return createOrganization.errors.length > 0
        ? { ...payload, errors: createOrganization.errors }
        : await createCourse(client, asked);
    },
    ({ catalogCourse }) => onDone(text("createCourse.done", { title: catalogCourse?.title ?? "" })),
  );
  const problems = create.data?.errors ?? [];
  const fieldProps = (name: keyof typeof input) => ({
    name,
    problems,
    value: input[name] ?? "",
    onChange: (value: string) => setInput({ ...input, [name]: value }),
  });
  const options = organizations.map(({ orgCode, name }) => (
    <option key={orgCode} value={orgCode}>
      {name === orgCode ? orgCode : `${name} (${orgCode})`}
    </option>
  ));
  const languages = LANGUAGES.map((value) => ({ value, name: languageName(value) })).sort((one, other) =>
    one.name.localeCompare(other.name, locale),
  );

  return (
    <FormDialog
      title={text("createCourse.title")}
      submit={text("createCourse.submit")}
      fields={Object.keys(input)}
      problems={problems}
      failure={create.error}
      isPending={create.isPending}
      onSubmit={() => create.mutate(input)}
      onClose={onClose}
    >
      {canCreateOrganizations || pageInfo?.hasNextPage ? (
        // For a new organization, or if there are too many for a menu: a text field that suggests the first of them.
        <>
          <Field
            {...fieldProps("orgCode")}
            label={text("field.organization")}
            hint={text(canCreateOrganizations ? "field.organization.newHint" : "field.organization.hint")}
            list="organizations"
            autoFocus
          />
          <datalist id="organizations">{options}</datalist>
        </>
      ) : (
        <Field {...fieldProps("orgCode")} label={text("field.organization")} as="select" autoFocus>
          <option value="">{text("form.choose")}</option>
          {options}
        </Field>
      )}
      <Field {...fieldProps("courseCode")} label={text("field.courseCode")} hint={text("field.courseCode.hint")} />
      <Field {...fieldProps("title")} label={text("field.title")} hint={text("field.courseTitle.hint")} isOptional />
      <Field {...fieldProps("language")} label={text("field.language")} as="select" isOptional>
        <option value="">{text("field.language.site")}</option>
        {languages.map(({ value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </Field>
    </FormDialog>
  );
}

async function createCourse(client: Client, input: CreateCatalogCourseInput) {
  return (await client.request(CreateCatalogCourseDocument, { input })).createCatalogCourse;
}
