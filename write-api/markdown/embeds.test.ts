import { describe, expect, it } from 'vitest';
import { decideEmbed } from './embeds.ts';

const youtube = 'https://www.youtube-nocookie.com/embed/rAl-9HwD858';
const vimeo = 'https://player.vimeo.com/video/76979871';

describe('an embed', () => {
  it.each([
    ['https://www.youtube.com/watch?v=rAl-9HwD858', youtube],
    ['http://youtube.com/watch?list=x&v=rAl-9HwD858', youtube],
    ['https://youtu.be/rAl-9HwD858?si=tracking', youtube],
    ['https://www.youtube.com/embed/rAl-9HwD858', youtube],
    ['https://www.youtube.com/shorts/rAl-9HwD858', youtube],
    ['https://www.youtube-nocookie.com/embed/rAl-9HwD858', youtube],
    ['https://youtu.be/rAl-9HwD858?t=90', `${youtube}?start=90`],
    ['https://youtu.be/rAl-9HwD858?t=1h2m3s', `${youtube}?start=3723`],
    ['https://vimeo.com/76979871', `${vimeo}?dnt=1`],
    ['https://vimeo.com/76979871/0a1b2c3d4e', `${vimeo}?h=0a1b2c3d4e&dnt=1`],
    ['https://player.vimeo.com/video/76979871?h=0a1b2c3d4e', `${vimeo}?h=0a1b2c3d4e&dnt=1`],
  ])('of %s is a player that sets no cookies', (address, src) => {
    expect(decideEmbed(address)).toEqual({ embed: { src, title: expect.stringMatching(/^Video on/) } });
  });

  it.each([
    ['https://www.youtube.com/watch?v=too-short'],
    ['https://www.youtube.com/watch?v=rAl-9HwD858"onload="x'],
    ['https://www.youtube.com/playlist?list=PL1'],
    ['https://vimeo.com/channels/staffpicks'],
    ['https://player.vimeo.com/76979871'],
    ['https://vimeo.com/'],
  ])('of %s is refused: there is no video', (address) => {
    expect(decideEmbed(address)).toEqual({ refused: expect.stringContaining('no video is at this address') });
  });
});
