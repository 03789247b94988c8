// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/**
 * A report: a pipeline has ended with a failure that no errback handled.
 *
 * @param failure what went wrong
 * @param where which Deferred it is, with its label if it has one
 * @param reason why it is reported now
 */
public record UnhandledFailure(Failure failure, String where, String reason) {}
