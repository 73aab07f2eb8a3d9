package io.github.purrtc.examples;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Answers HTTP: the page's five files. Requests for the WebSocket are passed on. */
final class PageHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Map<String, Resource> RESOURCES = Map.of(
            "/", Resource.load("index.html", "text/html; charset=utf-8"),
            "/echo.css", Resource.load("echo.css", "text/css; charset=utf-8"),
            "/echo.js", Resource.load("echo.js", "text/javascript; charset=utf-8"),
            "/chat.js", Resource.load("chat.js", "text/javascript; charset=utf-8"),
            "/cat.svg", Resource.load("cat.svg", "image/svg+xml"));

    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private record Resource(String contentType, ByteBuf content) {
        static Resource load(String name, String contentType) {
            try (InputStream file = PageHandler.class.getResourceAsStream("page/" + name)) {
                if (file == null) {
                    throw new IllegalStateException("the page's " + name + " is missing");
                }
                return new Resource(
                        contentType, Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(file.readAllBytes())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        String path = path(request);
        if (request.decoderResult().isFailure()) {
            refuse(context, request, HttpResponseStatus.BAD_REQUEST);
        } else if (path.equals(EchoServer.SIGNALLING_PATH) && isWebSocket(request)) {
            context.fireChannelRead(request.retain());
        } else if (path.equals(EchoServer.SIGNALLING_PATH)) {
            refuse(context, request, HttpResponseStatus.UPGRADE_REQUIRED);
        } else {
            servePage(context, request, path);
        }
    }

    private static void servePage(ChannelHandlerContext context, FullHttpRequest request, String path) {
        Resource resource = RESOURCES.get(path);
        if (resource == null) {
            refuse(context, request, HttpResponseStatus.NOT_FOUND);
        } else if (!(request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD))) {
            refuse(context, request, HttpResponseStatus.METHOD_NOT_ALLOWED);
        } else {
            respond(
                    context,
                    request,
                    HttpResponseStatus.OK,
                    resource.contentType(),
                    resource.content().duplicate());
        }
    }

    private static void refuse(ChannelHandlerContext context, FullHttpRequest request, HttpResponseStatus status) {
        ByteBuf text = Unpooled.copiedBuffer(status + "\n", StandardCharsets.UTF_8);
        respond(context, request, status, "text/plain; charset=utf-8", text);
    }

    private static void respond(
            ChannelHandlerContext context,
            FullHttpRequest request,
            HttpResponseStatus status,
            String contentType,
            ByteBuf content) {
        boolean headersOnly = request.method().equals(HttpMethod.HEAD);
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, headersOnly ? Unpooled.EMPTY_BUFFER : content);
        HttpHeaders headers = response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes())
                .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY)
                .set("x-content-type-options", "nosniff")
                .set("referrer-policy", "no-referrer");
        if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
            headers.set(HttpHeaderNames.ALLOW, "GET, HEAD");
        } else if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
            headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
        }
        boolean keepAlive = HttpUtil.isKeepAlive(request) && !status.equals(HttpResponseStatus.BAD_REQUEST);
        HttpUtil.setKeepAlive(response, keepAlive);
        context.writeAndFlush(response).addListener(keepAlive ? future -> {} : ChannelFutureListener.CLOSE);
    }

    private static String path(FullHttpRequest request) {
        String target = request.uri();
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    private static boolean isWebSocket(FullHttpRequest request) {
        return request.method().equals(HttpMethod.GET)
                && request.uri().equals(EchoServer.SIGNALLING_PATH)
                && request.headers().contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    }
}
