import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  type Sampler,
} from '@opentelemetry/sdk-trace';

/** The sampler that OTEL_TRACES_SAMPLER and OTEL_TRACES_SAMPLER_ARG ask for, as the OpenTelemetry specification names them. */
export function samplerFrom(env: Record<string, string | undefined>): Sampler {
  const name = env.OTEL_TRACES_SAMPLER ?? 'parentbased_always_on';
  const root = rootSampler(name.replace('parentbased_', ''), env.OTEL_TRACES_SAMPLER_ARG);
  if (!root)
    throw new Error(
      `OTEL_TRACES_SAMPLER=${name} is not supported: use (parentbased_)always_on, always_off or traceidratio`,
    );
  return name.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root;
}

function rootSampler(name: string, argument = '1'): Sampler | undefined {
  if (name === 'always_on') return new AlwaysOnSampler();
  if (name === 'always_off') return new AlwaysOffSampler();
  if (name !== 'traceidratio') return undefined;
  const ratio = Number(argument);
  if (!(ratio >= 0 && ratio <= 1)) throw new Error(`OTEL_TRACES_SAMPLER_ARG=${argument} is not between 0 and 1`);
  return new TraceIdRatioBasedSampler(ratio);
}
