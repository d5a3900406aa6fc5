/** One page of a list endpoint. */
export interface Page {
	/** Records as the vendor gives them. */
	results: readonly unknown[];
	/** Absent: there is no further page. */
	paginationToken?: string;
}

/**
 * Reads one page of a list endpoint of a resource. `filter`: what the user has typed, for endpoints that can search; the
 * others leave it alone.
 */
export type PageReader = (
	endpoint: string,
	filter?: string,
	paginationToken?: string,
) => Promise<Page>;
