import sanitizeHtml, { type Attributes, type IOptions, type Tag } from 'sanitize-html';
import { IMAGE_SCHEMES, LINK_SCHEMES } from './checks.ts';
import { FRAME_HOSTS } from './embeds.ts';

const isExternal = (href: string | undefined): boolean => /^(?:https?:)?\/\//i.test(href ?? '');

const link = (tagName: string, attribs: Attributes): Tag => ({
  tagName,
  attribs: isExternal(attribs['href']) ? { ...attribs, rel: 'noopener nofollow ugc' } : attribs,
});

const image = (tagName: string, attribs: Attributes): Tag => ({ tagName, attribs: { ...attribs, loading: 'lazy' } });

/** Everything that rendered Markdown may consist of. The renderer emits nothing else; this holds even when it errs. */
const OPTIONS: IOptions = {
  allowedTags: [
    ...['p', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'ul', 'ol', 'li', 'hr', 'pre', 'code'],
    ...['a', 'em', 'strong', 's', 'br', 'img', 'div', 'iframe'],
    ...['table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  allowedAttributes: {
    a: ['href', 'title', 'rel'],
    img: ['src', 'alt', 'title', 'loading'],
    ol: ['start'],
    ...Object.fromEntries(['h2', 'h3', 'h4', 'h5', 'h6'].map((tag) => [tag, ['id']])),
    th: ['style'],
    td: ['style'],
    iframe: ['src', 'title', 'loading', 'allow', 'allowfullscreen', 'sandbox', 'referrerpolicy'],
  },
  allowedClasses: {
    code: [/^language-[\w+#.-]{1,40}$/],
    blockquote: ['callout', 'callout-*'],
    div: ['embed'],
  },
  allowedStyles: { '*': { 'text-align': [/^(?:left|center|right)$/] } },
  allowedSchemes: LINK_SCHEMES,
  allowedSchemesByTag: { img: IMAGE_SCHEMES, iframe: ['https'] },
  allowedIframeHostnames: FRAME_HOSTS,
  allowIframeRelativeUrls: false,
  transformTags: { a: link, img: image },
};

export const sanitize = (html: string): string => sanitizeHtml(html, OPTIONS);
