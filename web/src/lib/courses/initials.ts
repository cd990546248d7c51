/** Up to two initials of a name: the first letters of its first and last word. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '');
  return letters.join('').toUpperCase();
}

/** A hue of the covers' palette that depends on the id alone. */
export function hueOf(id: string): number {
  const hues = [255, 225, 285, 195, 25, 70, 165, 110, 345, 315, 140, 50];
  const sum = [...id].reduce((total, character) => (total * 31 + character.charCodeAt(0)) % 9973, 7);
  return hues[sum % hues.length] ?? 165;
}
