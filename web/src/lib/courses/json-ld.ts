import type { Course } from '@eduplatform/contracts/documents';
import { majorUnits } from '../i18n/format.ts';

/** schema.org's description of a course, for search engines. `url` is the canonical address. */
export function courseJsonLd(course: Course, url: string, siteName: string): string {
  const data = {
    '@context': 'https://schema.org',
    '@type': 'Course',
    name: course.title,
    description: course.subtitle,
    url,
    inLanguage: course.language,
    educationalLevel: course.level,
    teaches: course.outcomes,
    dateModified: course.updatedAt,
    provider: { '@type': 'Organization', name: siteName },
    author: { '@type': 'Person', name: course.teacher.name },
    hasCourseInstance: {
      '@type': 'CourseInstance',
      courseMode: 'online',
      courseWorkload: `PT${course.durationMinutes}M`,
    },
    ...(course.rating && {
      aggregateRating: {
        '@type': 'AggregateRating',
        ratingValue: course.rating.average,
        ratingCount: course.rating.count,
      },
    }),
    offers: {
      '@type': 'Offer',
      category: course.price ? 'Paid' : 'Free',
      price: course.price ? majorUnits(course.price) : 0,
      priceCurrency: course.price?.currency ?? 'USD',
    },
  };
  // A `<` inside would end the script element.
  return JSON.stringify(data).replace(/</g, '\\u003c');
}
