package io.github.purrtc.examples;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class PageHandlerTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static HttpResponse<String> request(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.page().resolve(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @ParameterizedTest
    @CsvSource({
        "/,         text/html; charset=utf-8,       <!doctype html>",
        "/?a=b,     text/html; charset=utf-8,       <!doctype html>",
        "/echo.css, text/css; charset=utf-8,        :root",
        "/echo.js,  text/javascript; charset=utf-8, use strict",
        "/chat.js,  text/javascript; charset=utf-8,  'use strict'",
        "/cat.svg,  image/svg+xml,                  <svg"
    })
    void servesThePage(String path, String contentType, String beginning) throws Exception {
        HttpResponse<String> response = request("GET", path);
        assertEquals(200, response.statusCode());
        assertEquals(contentType, header(response, "content-type"));
        assertEquals("no-cache", header(response, "cache-control"));
        assertEquals("nosniff", header(response, "x-content-type-options"));
        assertTrue(header(response, "content-security-policy").startsWith("default-src 'none'"));
        assertTrue(response.body().replace("'", "").startsWith(beginning), response.body());
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        HttpResponse<String> response = request("HEAD", "/");
        assertEquals(200, response.statusCode());
        assertEquals("", response.body());
        assertEquals(
                request("GET", "/").body().getBytes(StandardCharsets.UTF_8).length,
                Integer.parseInt(header(response, "content-length")));
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /cat,              404",
        "GET,    /index.html,       404",
        "GET,    /%2e%2e/,          404",
        "GET,    /connect/more,     404",
        "POST,   /cat,              404",
        "POST,   /,                 405",
        "DELETE, /echo.js,          405",
        "GET,    /connect,          426"
    })
    void refusesTheRest(String method, String path, int status) throws Exception {
        HttpResponse<String> response = request(method, path);
        assertEquals(status, response.statusCode());
        assertEquals("text/plain; charset=utf-8", header(response, "content-type"));
        assertEquals(status == 405 ? "GET, HEAD" : "", header(response, "allow"));
        assertEquals(status == 426 ? "websocket" : "", header(response, "upgrade"));
    }

    @ParameterizedTest
    @CsvSource({"purr, 400", "GET / HTTP/1.1\\r\\nContent-Length: 9999999, 413"})
    void survivesWhatIsNoRequest(String lines, int status) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.page().getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write((lines.replace("\\r\\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String response = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
            assertEquals("HTTP/1.1 " + status, response);
        }
        assertEquals(200, request("GET", "/").statusCode());
    }
}
