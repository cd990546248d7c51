export interface Embed {
  src: string;
  /** Accessible name of the frame. */
  title: string;
}

type EmbedDecision = { embed: Embed } | { refused: string };

const YOUTUBE_HOSTS = ['www.youtube.com', 'youtube.com', 'www.youtube-nocookie.com'];
const VIMEO_HOSTS = ['vimeo.com', 'player.vimeo.com'];

/** Exact hosts of addresses that become a player; players themselves come from the last of each kind. */
export const EMBED_HOSTS = [...YOUTUBE_HOSTS, 'youtu.be', ...VIMEO_HOSTS];
/** The hosts that a page with our lessons frames. */
export const FRAME_HOSTS = ['www.youtube-nocookie.com', 'player.vimeo.com'];

const HOW_TO_LINK = 'to link to it instead, write [text](address)';

/** What a paragraph that is only this address becomes: a player that sets no cookies, or why it cannot be one. */
export function decideEmbed(address: string): EmbedDecision {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url) return { refused: `“${address.slice(0, 100)}” is not an address` };
  // `host` includes a port; an address with one, or with a user name, is not the site's own.
  if (!EMBED_HOSTS.includes(url.host) || url.username !== '' || url.password !== '') {
    return { refused: `videos from ${url.host} cannot be embedded; ${HOW_TO_LINK}` };
  }
  const embed = VIMEO_HOSTS.includes(url.host) ? vimeo(url) : youtube(url);
  return embed ? { embed } : { refused: `no video is at this address on ${url.host}; ${HOW_TO_LINK}` };
}

function youtube(url: URL): Embed | null {
  const [first, second] = url.pathname.split('/').filter(Boolean);
  const isPlayerPath = first !== undefined && ['embed', 'shorts', 'live'].includes(first);
  const id =
    url.host === 'youtu.be' ? first : isPlayerPath ? second : first === 'watch' ? url.searchParams.get('v') : null;
  if (!id || !/^[A-Za-z0-9_-]{11}$/.test(id)) return null;
  const start = secondsOf(url.searchParams.get('t') ?? url.searchParams.get('start'));
  return {
    src: `https://www.youtube-nocookie.com/embed/${id}${start > 0 ? `?start=${start}` : ''}`,
    title: 'Video on YouTube',
  };
}

function vimeo(url: URL): Embed | null {
  const parts = url.pathname.split('/').filter(Boolean);
  const [id, pathHash] = url.host === 'player.vimeo.com' ? parts.slice(parts[0] === 'video' ? 1 : parts.length) : parts;
  if (!id || !/^\d{1,12}$/.test(id)) return null;
  const hash = url.searchParams.get('h') ?? pathHash;
  const query = hash && /^[0-9a-f]{6,20}$/.test(hash) ? `?h=${hash}&dnt=1` : '?dnt=1';
  return { src: `https://player.vimeo.com/video/${id}${query}`, title: 'Video on Vimeo' };
}

/** `90`, `90s` or `1h2m3s` in seconds; 0 for anything else. */
function secondsOf(time: string | null): number {
  const match = /^(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,6})s?)?$/.exec(time ?? '');
  const [hours, minutes, seconds] = (match ?? []).slice(1).map((digits) => Number(digits ?? 0));
  return (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
}
