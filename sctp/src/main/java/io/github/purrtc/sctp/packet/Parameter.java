package io.github.purrtc.sctp.packet;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** An optional or variable-length parameter, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.2.1">RFC 9260 §3.2.1</a>. The set is closed: unknown types are part of it. */
public sealed interface Parameter extends TypeLengthValue
        permits HeartbeatInfoParameter,
                StateCookieParameter,
                UnrecognizedParameter,
                CookiePreservativeParameter,
                SupportedExtensionsParameter,
                ForwardTsnSupportedParameter,
                ZeroChecksumAcceptableParameter,
                OutgoingSsnResetRequest,
                IncomingSsnResetRequest,
                SsnTsnResetRequest,
                ReConfigurationResponse,
                AddOutgoingStreamsRequest,
                AddIncomingStreamsRequest,
                AddressParameter,
                UnknownParameter {

    /** Decodes what follows the header of the parameter. */
    static Parameter decode(int type, WireReader value) throws MalformedPacketException {
        return switch (type) {
            case HeartbeatInfoParameter.TYPE -> HeartbeatInfoParameter.decode(value);
            case StateCookieParameter.TYPE -> StateCookieParameter.decode(value);
            case UnrecognizedParameter.TYPE -> UnrecognizedParameter.decode(value);
            case CookiePreservativeParameter.TYPE -> CookiePreservativeParameter.decode(value);
            case SupportedExtensionsParameter.TYPE -> SupportedExtensionsParameter.decode(value);
            case ForwardTsnSupportedParameter.TYPE -> ForwardTsnSupportedParameter.decode(value);
            case ZeroChecksumAcceptableParameter.TYPE -> ZeroChecksumAcceptableParameter.decode(value);
            case OutgoingSsnResetRequest.TYPE -> OutgoingSsnResetRequest.decode(value);
            case IncomingSsnResetRequest.TYPE -> IncomingSsnResetRequest.decode(value);
            case SsnTsnResetRequest.TYPE -> SsnTsnResetRequest.decode(value);
            case ReConfigurationResponse.TYPE -> ReConfigurationResponse.decode(value);
            case AddOutgoingStreamsRequest.TYPE -> AddOutgoingStreamsRequest.decode(value);
            case AddIncomingStreamsRequest.TYPE -> AddIncomingStreamsRequest.decode(value);
            case AddressParameter.IPV4_ADDRESS,
                    AddressParameter.IPV6_ADDRESS,
                    AddressParameter.HOST_NAME_ADDRESS,
                    AddressParameter.SUPPORTED_ADDRESS_TYPES -> AddressParameter.decode(type, value);
            default -> UnknownParameter.decode(type, value);
        };
    }

    /** The first parameter of that type, the one that counts when a peer sends several; null when there is none. */
    static <T extends Parameter> @Nullable T first(Class<T> type, List<Parameter> parameters) {
        for (Parameter parameter : parameters) {
            if (type.isInstance(parameter)) {
                return type.cast(parameter);
            }
        }
        return null;
    }
}
