import { parseCatalogMember } from '@eduplatform/contracts/catalog';
import { documentKeys, idOfMember } from '@eduplatform/contracts/redis-keys';

type OwnerOf = (id: string, of: string) => string;

/** A list of the catalog, whose members carry more than an id. */
const CATALOG = 'courses';

const card: OwnerOf = (id) => documentKeys.card(id);
const learning: OwnerOf = (id, userId) => documentKeys.learning(userId, id);
const notification: OwnerOf = (id) => documentKeys.notification(id);

/** By the second part of a list's name; the third is whose list it is. */
const OWNERS: Record<string, OwnerOf> = {
  taught: card,
  offered: card,
  enrollments: learning,
  learning,
  payments: (id, userId) => documentKeys.payment(userId, id),
  notifications: notification,
  unread: notification,
  favorites: (id, userId) => documentKeys.favorite(userId, id),
  reviews: (id) => documentKeys.review(id),
  questions: (id) => documentKeys.question(id),
};

/** Key of the document that stands in a list of the Redis read model under this member; null: in such a list nothing stands. */
export function ownerOfMember(list: string, member: string): string | null {
  const [, name = '', of = ''] = list.split(':');
  if (name === CATALOG) return ownerInCatalog(member);
  return Object.hasOwn(OWNERS, name) ? (OWNERS[name]?.(idOfMember(member), of) ?? null) : null;
}

function ownerInCatalog(member: string): string | null {
  try {
    return documentKeys.card(parseCatalogMember(member).id);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
