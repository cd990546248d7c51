import { Type, type Static } from '@sinclair/typebox';
import { Slug, text } from '../primitives.ts';

const categoryFields = {
  name: Type.Object({ en: text(60), ru: text(60) }, { additionalProperties: false }),
  hue: Type.Integer({ minimum: 0, maximum: 360, description: 'Hue of the covers, in degrees' }),
  motif: Type.String({ pattern: '^[a-z]+(?:-[a-z]+)*$', maxLength: 40, description: 'The shape on the covers' }),
  sortOrder: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
};

export const CreateCategoryBody = Type.Object(
  { ...categoryFields, slug: Slug, sortOrder: Type.Optional(categoryFields.sortOrder) },
  { additionalProperties: false, $id: 'CreateCategoryBody' },
);
export type CreateCategoryBody = Static<typeof CreateCategoryBody>;

export const PatchCategoryBody = Type.Partial(Type.Object(categoryFields), {
  additionalProperties: false,
  minProperties: 1,
  $id: 'PatchCategoryBody',
});
export type PatchCategoryBody = Static<typeof PatchCategoryBody>;

export const CategoryCommandResult = Type.Object({ slug: Slug }, { $id: 'CategoryCommandResult' });
export type CategoryCommandResult = Static<typeof CategoryCommandResult>;
