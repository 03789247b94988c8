// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import io.deferred.ProgramOp.Sides;

/** What the callbacks of a random program do. */
final class ProgramActs {
    private static final ProgramStep.Work PASS = (node, given) -> given;

    private ProgramActs() {}

    static ProgramStep.Work of(ProgramOp op, ProgramRun run) {
        ProgramNode other = op.first() < 0 ? null : run.node(op.first());
        return switch (op.act()) {
            case PASS -> PASS;
            case CHANGE ->
                (node, given) -> {
                    ProgramValue value = run.value(node);
                    value.mark().write(node);
                    return value;
                };
            case THROW ->
                (node, given) -> {
                    ProgramError error = run.error(node);
                    error.mark().write(node);
                    return error;
                };
            case RETURN ->
                (node, given) -> {
                    if (other.deferred() == null) {
                        return given;
                    }
                    if (other.kind().isReserved()) {
                        node.returns(other);
                    }
                    return other;
                };
            case ADD_MORE ->
                (node, given) -> {
                    node.add(Sides.BOTH, PASS);
                    node.add(Sides.VALUES, PASS);
                    return given;
                };
            case CANCEL ->
                (node, given) -> {
                    other.cancel();
                    return given;
                };
            case FIRE ->
                (node, given) -> {
                    other.fire(false);
                    return given;
                };
            case PAUSE ->
                (node, given) -> {
                    run.holdToTheEnd(node);
                    return given;
                };
        };
    }
}
