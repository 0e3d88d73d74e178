/** The file that says of a folder that it is a site which this program wrote, and of which files it consists. */
export const markerFile = 'tongjian-site.json';

/** What stands in it. */
export interface SiteMarker {
  readonly format: 'tongjian-site/1';
  readonly plan: string;
  readonly snapshot: string;
  readonly contentHash: string;
  readonly files: readonly string[];
}
