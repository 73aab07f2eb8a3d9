package io.github.purrtc.examples;

import io.github.purrtc.ice.IceRole;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** ICE roles on the command line, by rawrtc's digits. */
final class IceRoles implements ITypeConverter<IceRole> {
    @Override
    public IceRole convert(String digit) {
        return switch (digit) {
            case "0" -> IceRole.CONTROLLED;
            case "1" -> IceRole.CONTROLLING;
            default -> throw new TypeConversionException("'" + digit + "' is neither 0 nor 1");
        };
    }
}
