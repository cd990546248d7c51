import { runSection } from '../testing/run/run-section.ts';
import { generated, stack, unitAndIntegration } from '../testing/run/sections.ts';
import { runWhole } from '../testing/run/whole-run.ts';
import { runSchemathesis } from '../testing/schemathesis/section.ts';

/**
 * `npm run test:long [-- SECTION…]`: the tests with everything that their short forms only sample, and both APIs against
 * their OpenAPI documents with schemathesis.
 */
const wanted = process.argv.slice(2);
const isWanted = (name: string): boolean => wanted.length === 0 || wanted.includes(name);

process.exit(
  await runWhole(async (options, tallies) => {
    tallies.push(await runSection(generated, options));
    const long = { ...options, env: { ...options.env, EDU_TEST_SCALE: 'long' } };
    for (const section of [unitAndIntegration, stack]) {
      if (isWanted(section.name)) tallies.push(await runSection(section, long));
    }
    if (isWanted('schemathesis')) tallies.push(await runSchemathesis(options));
  }),
);
