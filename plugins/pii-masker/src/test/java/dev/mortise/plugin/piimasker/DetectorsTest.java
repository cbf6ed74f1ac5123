package dev.mortise.plugin.piimasker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorsTest {

    private static final Detectors ALL = new Detectors(List.of(PiiType.values()));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EMAIL | ada@example.org",
                "EMAIL | ada.lovelace+work@mail.example.co.uk",
                "EMAIL | o'brien_1@sub-domain.example.museum",
                "EMAIL | jürgen@müller.example",
                "IBAN | DE89370400440532013000",
                "IBAN | GB82 WEST 1234 5698 7654 32",
                "IBAN | NO9386011117947",
                "IBAN | MT84MALT011000012345MTLCAST001S",
                "IBAN | de89 3704 0044 0532 0130 00",
                "CREDIT_CARD | 4111111111111111",
                "CREDIT_CARD | 4111 1111 1111 1111",
                "CREDIT_CARD | 5500-0000-0000-0004",
                "CREDIT_CARD | 3782 822463 10005",
                "SSN | 123-45-6789",
                "SSN | 123 45 6789",
                "IP_ADDRESS | 192.168.0.1",
                "IP_ADDRESS | 8.8.8.8",
                "IP_ADDRESS | 2001:db8:0:0:0:0:2:1",
                "IP_ADDRESS | 2001:db8::2:1",
                "IP_ADDRESS | fe80::1ff:fe23:4567:890a",
                "PHONE | +49 170 1234567",
                "PHONE | +14155552671",
                "PHONE | +44 (0)20 7946 0958",
                "PHONE | 0049 30 123456",
                "PHONE | 030 1234567",
                "PHONE | 0171/1234567",
                "PHONE | (415) 555-2671",
                "PHONE | 415.555.2671",
                "PHONE | 1-415-555-2671"
            })
    void find(PiiType type, String value) {
        for (String text : List.of(value, "Is it " + value + ", or not?", "(" + value + ")", "\"" + value + "\".")) {
            assertThat(ALL.find(text)).as(text).singleElement().satisfies(finding -> {
                assertThat(finding.type()).isEqualTo(type);
                // A bracket before a telephone number may belong to it.
                assertThat(text.substring(finding.start(), finding.end())).endsWith(value);
            });
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREDIT_CARD | 卡号 | 4111111111111111 | 的卡",
                "PHONE | 電話は | +49 170 1234567 | です",
                "SSN | 번호는 | 123-45-6789 | 입니다",
                "IBAN | 账号 | DE89370400440532013000 | 。",
                "IP_ADDRESS | ที่อยู่ | 192.168.0.1 | ครับ"
            })
    void findInScriptsThatLeaveNoSpaces(PiiType type, String before, String value, String after) {
        String text = before + value + after;
        assertThat(ALL.find(text)).as(text).singleElement().satisfies(finding -> {
            assertThat(finding.type()).isEqualTo(type);
            assertThat(text.substring(finding.start(), finding.end())).isEqualTo(value);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@localhost",
                "@example.org",
                "a@b.c",
                "git@ example.org",
                "DE88370400440532013000",
                "AB89370400440532013000",
                "4111111111111112",
                "order 12345678901234567890123",
                "000-45-6789",
                "666-45-6789",
                "912-45-6789",
                "123-00-6789",
                "123-45-0000",
                "123-45-67890",
                "version 1.2.3",
                "1.2.3.4.5",
                "300.1.1.1",
                "01.02.03.04",
                "at 12:30:45",
                "std::vector<a::b>",
                "::1",
                "2026-01-31",
                "31.01.2026 12:30",
                "1 000 000",
                "3.14159265358979",
                "12345678",
                "1234567890",
                "id 550e8400-e29b-41d4-a716-446655440000",
                "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
            })
    void passOver(String text) {
        assertThat(ALL.find(text)).isEmpty();
    }

    @Test
    void findSeveralInOneText() {
        assertThat(ALL.find("ada@example.org,bob@example.org;4111111111111111/10.0.0.1"))
                .extracting(Detectors.Finding::type)
                .containsExactly(PiiType.EMAIL, PiiType.EMAIL, PiiType.CREDIT_CARD, PiiType.IP_ADDRESS);
    }

    @Test
    void findOnlyWhatIsConfigured() {
        assertThat(new Detectors(List.of(PiiType.IBAN)).find("ada@example.org 4111111111111111"))
                .isEmpty();
    }

    @Test
    void areNotOverwhelmed() {
        for (String part : List.of("a", "a.", "1", "1 ", "1-", "(", "+", "a@", "::", "1.", "DE89 ", "DE")) {
            String text = part.repeat(500_000 / part.length());
            assertThat(ALL.find(text)).as(part).isEmpty();
        }
    }
}
