import type { Certificate } from '@eduplatform/contracts/learning';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { api }, params }) => {
  const certificate = await api.read<Certificate>(`/v1/certificates/${encodeURIComponent(params.code)}`);
  return { certificate, freshness: api.freshness() };
};
