import type { MotifName } from '#lib/covers/motifs.ts';
import { m } from '#lib/paraglide/messages.js';

const MOTIFS: Record<MotifName, () => string> = {
  arcs: m.motif_arcs,
  brackets: m.motif_brackets,
  dots: m.motif_dots,
  grid: m.motif_grid,
  horizon: m.motif_horizon,
  knots: m.motif_knots,
  leaves: m.motif_leaves,
  rays: m.motif_rays,
  steps: m.motif_steps,
  strings: m.motif_strings,
  tiles: m.motif_tiles,
  waves: m.motif_waves,
};

/** What covers can be drawn with, in the reader's language. */
export const motifNames = (): { name: string; text: string }[] =>
  Object.entries(MOTIFS).map(([name, words]) => ({ name, text: words() }));

const ACTIONS: Record<string, () => string> = {
  'user.suspend': m.audit_user_suspend,
  'user.restore': m.audit_user_restore,
  'teacher.verify': m.audit_teacher_verify,
  'teacher.reject': m.audit_teacher_reject,
  'review.hide': m.audit_review_hide,
  'review.restore': m.audit_review_restore,
  'category.create': m.audit_category_create,
  'category.change': m.audit_category_change,
  'category.delete': m.audit_category_delete,
  'announcement.create': m.audit_announcement,
  'coupon.create': m.audit_coupon_create,
  'coupon.change': m.audit_coupon_change,
  'payment.refund': m.audit_payment_refund,
  'sink.pause': m.audit_sink_pause,
  'sink.resume': m.audit_sink_resume,
  'dead_letter.replay': m.audit_letter_replay,
  'dead_letter.replay_all': m.audit_letter_replay_all,
  'dead_letter.discard': m.audit_letter_discard,
  'indexer_job.reindex': m.audit_job_reindex,
  'indexer_job.rollback': m.audit_job_rollback,
  'indexer_job.verify': m.audit_job_verify,
  'indexer_job.cancel': m.audit_job_cancel,
};

/** What an admin did, as the end of a sentence that their name begins; an action without words of its own as it is. */
export const actionText = (action: string): string => ACTIONS[action]?.() ?? action;
