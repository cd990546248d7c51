import { seedScale } from '../../scale.ts';
import { MINI } from './sizes.ts';

// Loads in a process of its own, to be killed; says after each chunk what is loaded.
const [url = ''] = process.argv.slice(2);
await seedScale(url, {
  scale: 'small',
  sizes: MINI,
  onProgress: ({ phase, done, total }) => process.stdout.write(`${phase} ${done} of ${total}\n`),
});
