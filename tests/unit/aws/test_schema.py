from moto import mock_aws

from secondsource.aws import clients
from secondsource.aws.schema import create_table


@mock_aws
def test_the_table_is_on_demand_keyed_by_pk_and_sk_streams_both_images_and_clears_by_expires_at() -> None:
    client = clients.dynamodb()
    create_table(client, "news")
    table = client.describe_table(TableName="news")["Table"]
    assert table["KeySchema"] == [
        {"AttributeName": "PK", "KeyType": "HASH"},
        {"AttributeName": "SK", "KeyType": "RANGE"},
    ]
    assert {entry["AttributeName"]: entry["AttributeType"] for entry in table["AttributeDefinitions"]} == {
        "PK": "S",
        "SK": "S",
    }
    assert not table.get("GlobalSecondaryIndexes"), "whoever reads an index reads what was there some time ago"
    assert table["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert table["StreamSpecification"] == {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}
    ttl = client.describe_time_to_live(TableName="news")["TimeToLiveDescription"]
    assert ttl == {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires_at"}


@mock_aws
def test_a_table_that_is_there_stays_as_it_is() -> None:
    client = clients.dynamodb()
    create_table(client, "news")
    client.put_item(TableName="news", Item={"PK": {"S": "p"}, "SK": {"S": "s"}})
    create_table(client, "news")
    assert client.scan(TableName="news")["Count"] == 1
