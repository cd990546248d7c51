import type { Money } from '@eduplatform/contracts/primitives';
import type { Edit } from './edits.ts';
import { amountText } from './price.ts';

/** The form that saves these edits of one target: the same fields that the page's own form sends. */
export function editForm(version: number, edits: readonly Edit[]): FormData {
  const form = new FormData();
  form.set('version', String(version));
  for (const { field, mine } of edits) {
    if (field === 'price') {
      const price = mine as Money | null;
      form.set('priceAmount', amountText(price));
      form.set('priceCurrency', price?.currency ?? '');
    } else if (field === 'outcomes') {
      form.set(field, (mine as string[]).join('\n'));
    } else {
      form.set(field, String(mine));
    }
  }
  return form;
}
