import { sequence } from '@sveltejs/kit/hooks';
import { measured } from '#lib/server/hooks/measured.ts';
import { localized } from '#lib/server/hooks/localized.ts';
import { prepared } from '#lib/server/hooks/prepared.ts';
import { secured } from '#lib/server/hooks/secured.ts';

export { handleError } from '#lib/server/hooks/errors.ts';

export const handle = sequence(measured, secured, localized, prepared);
