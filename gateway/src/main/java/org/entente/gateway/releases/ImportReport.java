package org.entente.gateway.releases;

/**
 * What an import made.
 *
 * @param release the new release, in state {@link ReleaseState#IMPORTED}, with the differences that the approver must
 *     accept
 * @param heapBytes memory that its figures take when they are loaded
 */
public record ImportReport(Release release, long heapBytes) {}
