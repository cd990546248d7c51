import type { RequestEvent } from '@sveltejs/kit';
import type { FormDone } from '../../forms/answer.ts';
import { textField, trimmedField, typedFields } from '../forms/fields.ts';
import { refuse, runForm } from '../forms/run.ts';
import { adminOf } from '../guards.ts';

const PATH = '/v1/admin/categories';
const FIELDS = ['slug', 'nameEn', 'nameRu', 'hue', 'motif', 'sortOrder'] as const;

/** What a form says of a category; an empty place in the list is left out. */
function categoryOf(form: FormData) {
  const sortOrder = trimmedField(form, 'sortOrder');
  return {
    name: { en: trimmedField(form, 'nameEn'), ru: trimmedField(form, 'nameRu') },
    hue: Number(textField(form, 'hue')),
    motif: textField(form, 'motif'),
    ...(sortOrder && { sortOrder: Number(sortOrder) }),
  };
}

export async function createCategory(event: RequestEvent) {
  adminOf(event);
  const form = await event.request.formData();
  const values = typedFields(form, FIELDS);
  const category = categoryOf(form);
  const slug = trimmedField(form, 'slug');
  const wrong = [...(slug ? [] : ['slug']), ...(category.name.en && category.name.ru ? [] : ['name'])];
  if (wrong.length > 0) return refuse(event.locals.requestId, 'new-category', wrong, values);
  return runForm(event.locals, {
    form: 'new-category',
    method: 'POST',
    path: PATH,
    body: { slug, ...category },
    values,
  });
}

export async function changeCategory(event: RequestEvent) {
  adminOf(event);
  const form = await event.request.formData();
  const values = typedFields(form, FIELDS);
  const category = categoryOf(form);
  const name = `category-${values.slug}`;
  if (!category.name.en || !category.name.ru) return refuse(event.locals.requestId, name, ['name'], values);
  return runForm(event.locals, {
    form: name,
    method: 'PATCH',
    path: `${PATH}/${encodeURIComponent(values.slug)}`,
    body: category,
    values,
  });
}

export async function deleteCategory(event: RequestEvent) {
  adminOf(event);
  const slug = textField(await event.request.formData(), 'slug');
  const answer = await runForm(event.locals, {
    form: `delete-${slug}`,
    method: 'DELETE',
    path: `${PATH}/${encodeURIComponent(slug)}`,
  });
  // The category's own form is gone with it.
  return 'status' in answer ? answer : ({ form: 'deleted', done: true } satisfies FormDone);
}
