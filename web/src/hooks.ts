import { deLocalizeUrl } from '#lib/paraglide/runtime.js';
import type { Reroute } from '@sveltejs/kit/hooks';

/** `/ru/courses` and `/courses` are one route in two languages. */
export const reroute: Reroute = ({ url }) => deLocalizeUrl(url).pathname;
