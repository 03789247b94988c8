// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.Set;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ClassSupport;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.engine.support.hierarchical.ExclusiveResource;

/** A test of the kit's engine. */
final class MethodDescriptor extends KitDescriptor {
    static final String SEGMENT = "method";

    private final ClassDescriptor parent;
    private final Method method;

    MethodDescriptor(ClassDescriptor parent, Method method) {
        super(
                parent.getUniqueId().append(SEGMENT, segmentValue(method)),
                method,
                shown(method),
                MethodSource.from(parent.type(), method));
        this.parent = parent;
        this.method = method;
    }

    private static String shown(Method method) {
        return method.getName() + "(" + ClassSupport.nullSafeToString(Class::getSimpleName, method.getParameterTypes())
                + ")";
    }

    /** A method's name among those of its class. */
    static String segmentValue(Method method) {
        return method.getName() + "(" + ClassSupport.nullSafeToString(method.getParameterTypes()) + ")";
    }

    @Override
    public Type getType() {
        return Type.TEST;
    }

    @Override
    public String getLegacyReportingName() {
        return shown(method);
    }

    /** Ages are measured by one clock at a time in all of the JVM. */
    @Override
    public Set<ExclusiveResource> getExclusiveResources() {
        boolean virtual = Enclosing.of(method, parent.type()).stream()
                .anyMatch(each -> AnnotationSupport.isAnnotated(each, VirtualTime.class));
        return virtual
                ? Set.of(new ExclusiveResource(VirtualTime.class.getName(), ExclusiveResource.LockMode.READ_WRITE))
                : Set.of();
    }

    @Override
    public KitContext execute(KitContext context, DynamicTestExecutor dynamic) throws Exception {
        List<String> problems = TestClasses.problems(method);
        addTagProblems(problems);
        TestClasses.check(problems);
        Settings settings = Settings.of(Enclosing.of(method, parent.type()));
        SingleTest test = new SingleTest(parent.types(), method, settings, new ShownInfo(this, parent.type(), method));
        Optional<Schedules> schedules = AnnotationSupport.findAnnotation(method, Schedules.class);
        if (schedules.isEmpty()) {
            test.run(null);
            return context;
        }
        PrimitiveIterator.OfLong seeds = Seeds.of(schedules.get()).iterator();
        while (seeds.hasNext()) {
            test.run(seeds.nextLong());
        }
        return context;
    }
}
