// SPDX-License-Identifier: Apache-2.0

/**
 * What is measured: a class for each shape of work, and in it a method for each library that has an equivalent, named after the library. Each method does the work once and returns what came of
 * it, which has to be {@link io.deferred.bench.Scenario#expected()}. JMH can run them too. Besides, {@code Promises}, {@code Fired}, {@code Failed} and {@code Results} hide
 * how the libraries make a promise and read its value, and abstract classes hold what scenarios share.
 *
 * <p>Not null-marked: most of the libraries say nothing about null.
 */
package io.deferred.bench.scenario;
