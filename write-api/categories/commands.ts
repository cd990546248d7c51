import type {
  CategoryCommandResult,
  CreateCategoryBody,
  PatchCategoryBody,
} from '@eduplatform/contracts/http/categories';
import { sqlState, type Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { audit } from '../admin/audit.ts';
import { record, type Actor, type CommandOutcome } from '../commands/outcome.ts';

type Outcome = CommandOutcome<CategoryCommandResult>;

/** Categories have no versions: the last writer wins, and readers load them whole. */
const UNVERSIONED = 0;

type Change = 'category.create' | 'category.change' | 'category.delete';

async function changed(tx: Tx, actor: Actor, action: Change, slug: string, details: object = {}): Promise<Outcome> {
  await audit(tx, actor, action, { type: 'category', id: slug }, details);
  const position = await record(tx, [
    {
      type: 'category.changed',
      aggregateType: 'category',
      aggregateId: slug,
      aggregateVersion: UNVERSIONED,
      payload: { slug },
    },
  ]);
  return { result: { slug }, position };
}

const INSERT = `
  insert into categories (slug, name_en, name_ru, hue, motif, sort_order)
  select $1, $2, $3, $4, $5, coalesce($6, (select coalesce(max(sort_order), 0) + 1 from categories))
  on conflict (slug) do nothing`;

/** Adds a category, at the end unless told. Throws slug_taken. */
export async function createCategory(tx: Tx, actor: Actor, body: CreateCategoryBody): Promise<Outcome> {
  const { slug, name, hue, motif, sortOrder } = body;
  const { rowCount } = await tx.query(INSERT, [slug, name.en.trim(), name.ru.trim(), hue, motif, sortOrder ?? null]);
  if (rowCount !== 1) throw new ProblemError('slug_taken', `there is already a category "${slug}"`);
  return changed(tx, actor, 'category.create', slug, body);
}

const UPDATE = `
  update categories set name_en = coalesce($2, name_en), name_ru = coalesce($3, name_ru), hue = coalesce($4, hue),
    motif = coalesce($5, motif), sort_order = coalesce($6, sort_order)
  where slug = $1
    and (name_en, name_ru, hue, motif, sort_order) is distinct from (coalesce($2, name_en), coalesce($3, name_ru),
      coalesce($4, hue), coalesce($5, motif), coalesce($6, sort_order))`;

/** Changes how a category is called and drawn; its slug stays, because revisions name it. */
export async function changeCategory(tx: Tx, actor: Actor, slug: string, patch: PatchCategoryBody): Promise<Outcome> {
  await lockCategory(tx, slug);
  const { rowCount } = await tx.query(UPDATE, [
    slug,
    patch.name?.en.trim() ?? null,
    patch.name?.ru.trim() ?? null,
    patch.hue ?? null,
    patch.motif ?? null,
    patch.sortOrder ?? null,
  ]);
  return rowCount === 1
    ? changed(tx, actor, 'category.change', slug, patch)
    : { result: { slug }, position: await record(tx, []) };
}

const IN_USE = `
  select exists (select from courses where category_slug = $1)
    or exists (
      select from courses c join course_revisions r on r.course_id = c.id and r.revision = c.live_revision
      where r.content ->> 'category' = $1
    ) as "isInUse"`;

const FOREIGN_KEY_VIOLATION = '23503';

/** Deletes a category that no draft and no live course is in. Throws category_in_use. */
export async function deleteCategory(tx: Tx, actor: Actor, slug: string): Promise<Outcome> {
  await lockCategory(tx, slug);
  const { rows } = await tx.query<{ isInUse: boolean }>(IN_USE, [slug]);
  if (rows[0]?.isInUse) throw inUse(slug);
  try {
    await tx.query('delete from categories where slug = $1', [slug]);
  } catch (error) {
    throw sqlState(error) === FOREIGN_KEY_VIOLATION ? inUse(slug, error) : error;
  }
  return changed(tx, actor, 'category.delete', slug);
}

const inUse = (slug: string, cause?: unknown): ProblemError =>
  new ProblemError('category_in_use', `move the courses in "${slug}" to another category first`, { cause });

async function lockCategory(tx: Tx, slug: string): Promise<void> {
  const { rowCount } = await tx.query('select 1 from categories where slug = $1 for update', [slug]);
  if (rowCount !== 1) throw new ProblemError('category_not_found');
}
