package centralita.local.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedisKeysTest {
    @Test
    void keysWithAndWithoutAnEndAreToldApart() {
        // When, then
        assertThat(RedisKeys.parse(
                        "# Keyspace\r\ndb0:keys=40,expires=38,avg_ttl=120\r\ndb3:keys=2,expires=0,avg_ttl=0\r\n"))
                .isEqualTo(new RedisKeys(42, 4));
    }

    @Test
    void anEmptyRedisHasNone() {
        // When, then
        assertThat(RedisKeys.parse("# Keyspace\r\n")).isEqualTo(new RedisKeys(0, 0));
    }
}
